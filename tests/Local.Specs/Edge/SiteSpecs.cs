using System.Net;
using System.Text.Json;
using ServerlessCqrs.LocalRuntime.Edge;
using ServerlessCqrs.LocalRuntime.Specs.Emulators;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.LocalRuntime.Specs.Edge;

/// <summary>Which paths are the page's, and with which headers its files come.</summary>
public sealed class SiteSpecs : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private EdgeInHand? _edge;

    private EdgeInHand Edge => _edge!;

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, "dist", "assets"));
        await WriteAsync("secret.txt", "not of the page");
        await WriteAsync("dist/index.html", "<!doctype html>" + new string(' ', 2000));
        await WriteAsync("dist/assets/index-1a2b.js", "export {}");
        await WriteAsync("dist/favicon.svg", "<svg/>");
        var site = new SiteFiles(ShopPage.Site, Path.Combine(_folder.Path, "dist"), "http://127.0.0.1:8087", "shop-local");
        _edge = await EdgeInHand.StartAsync(change: options => options with { Site = site });
    }

    public async ValueTask DisposeAsync()
    {
        await Edge.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/?category=audio")]
    [InlineData("/shop/search?q=x")]
    [InlineData("/shop/products/6579c22f-be2b-444c-a52b-0116dd82df6c")]
    [InlineData("/shop/orders")]
    [InlineData("/shop/desk/1")]
    [InlineData("/shop/signed-in?code=1&state=2")]
    [InlineData("/index.html")]
    public async Task Route_of_the_page_answers_its_index(string path)
    {
        var (body, _, response) = await Edge.GetAsync(path);

        Assert.StartsWith("<!doctype html>", body, StringComparison.Ordinal);
        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("no-cache", response.Headers.CacheControl?.ToString());
        Assert.Empty(Edge.Origin.Asked);
    }

    [Theory]
    [InlineData("/products")]
    [InlineData("/products/6579c22f-be2b-444c-a52b-0116dd82df6c")]
    [InlineData("/products/nothing/of/the/kind")]
    [InlineData("/orders/1")]
    [InlineData("/health/sync-lag")]
    [InlineData("/docs/")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/unsubscribe/abc")]
    public async Task Path_of_the_api_goes_to_the_gateway(string path)
    {
        var (body, _, _) = await Edge.GetAsync(path);

        Assert.Equal("1", body);
        Assert.Single(Edge.Origin.Asked);
    }

    [Theory]
    [InlineData("/nothing")]
    [InlineData("/shop")]
    [InlineData("/shop/nothing")]
    [InlineData("/Products")]
    [InlineData("/assets/nothing.js")]
    [InlineData("/assets/../../secret.txt")]
    [InlineData("/assets/..%2f..%2fsecret.txt")]
    public async Task Path_of_nobody_is_not_found_as_a_problem(string path)
    {
        var (body, _, response) = await Edge.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(404, JsonDocument.Parse(body).RootElement.GetProperty("status").GetInt32());
        Assert.Empty(Edge.Origin.Asked);
    }

    [Fact]
    public async Task Hashed_file_is_immutable()
    {
        var (_, _, response) = await Edge.GetAsync("/assets/index-1a2b.js");

        Assert.Equal("public, max-age=31536000, immutable", response.Headers.GetValues("Cache-Control").Single());
        Assert.Equal("text/javascript", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Page_runs_nothing_inline_and_stands_in_no_frame()
    {
        var (_, _, response) = await Edge.GetAsync("/");

        var policy = response.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("script-src 'self'; style-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("connect-src 'self' http://127.0.0.1:8087;", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
    }

    [Fact]
    public async Task Configuration_names_the_issuer_and_the_client()
    {
        var (body, _, _) = await Edge.GetAsync("/config.json");

        Assert.Equal("""{"issuer":"http://127.0.0.1:8087","clientId":"shop-local"}""", body);
    }

    [Fact]
    public async Task File_that_the_browser_has_is_not_sent_again()
    {
        var (_, _, first) = await Edge.GetAsync("/");
        var (body, _, again) = await Edge.GetAsync("/", ("If-None-Match", first.Headers.ETag!.ToString()));

        Assert.Equal((HttpStatusCode.NotModified, ""), (again.StatusCode, body));
    }

    [Fact]
    public async Task File_is_compressed_for_browsers()
    {
        var (_, _, response) = await Edge.GetAsync("/", ("Accept-Encoding", "gzip, br"));

        Assert.Equal(["br"], response.Content.Headers.ContentEncoding);
    }

    [Fact]
    public async Task Page_can_only_be_read()
    {
        using var answer = await Edge.SendAsync(HttpMethod.Post, "/");
        using var head = await Edge.SendAsync(HttpMethod.Head, "/shop/basket");

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    private Task WriteAsync(string file, string text) =>
        File.WriteAllTextAsync(Path.Combine(_folder.Path, file), text, TestContext.Current.CancellationToken);
}
