using Microsoft.AspNetCore.Hosting;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.QueryApi.Specs.Playground;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Web;
using static ServerlessCqrs.QueryApi.Specs.Playground.ShopInMemory;

namespace ServerlessCqrs.QueryApi.Specs;

public sealed class CacheSpecs : IDisposable
{
    private const string Private = "no-store";

    /// <summary>
    /// The edge caches this for a second anyway, and must not serve it longer while the service fails.
    /// </summary>
    private const string Momentary = "no-store, stale-if-error=0";

    private readonly QueryServer _server = new();

    public void Dispose() => _server.Dispose();

    [Trait("Guarantee", "QueryApi → CloudFront: caches may keep public answers, and never private ones")]
    [Theory]
    [InlineData("/products/{product}", 200, "public, max-age=0, s-maxage=10, stale-if-error=0")]
    [InlineData("/products/{product}?atLeastVersion=1", 200, Momentary)]
    [InlineData("/products/{product}?version=1", 200, Momentary)]
    [InlineData("/products/{product}?asOf=2100-01-01", 200, Momentary)]
    [InlineData("/products/{product}?nonsense=1", 400, Private)]
    [InlineData("/products/6579c22f-be2b-444c-a52b-0116dd82df6c", 404, Private)]
    [InlineData("/products", 200, "public, max-age=0, s-maxage=5, stale-if-error=0")]
    [InlineData("/products?category=audio&sort=price&limit=1", 200, "public, max-age=0, s-maxage=5, stale-if-error=0")]
    [InlineData("/products?limit=0", 400, Private)]
    [InlineData("/commands/{stream}/{command}", 200, Private)]
    [InlineData("/commands/{stream}/6579c22f-be2b-444c-a52b-0116dd82df6c?issued=2026-11-01T12:00:00Z", 200, Private)]
    [InlineData("/commands/{stream}/6579c22f-be2b-444c-a52b-0116dd82df6c", 404, Private)]
    [InlineData("/health", 200, Momentary)]
    [InlineData("/health/sync-lag", 200, Momentary)]
    [InlineData("/openapi/v1.json", 200, "public, max-age=0, s-maxage=300, stale-if-error=0")]
    [InlineData("/docs/", 200, "public, max-age=0, s-maxage=300, stale-if-error=0")]
    [InlineData("/unsubscribe/some.token", 200, Momentary)]
    [InlineData("/nowhere", 404, Private)]
    public async Task Public_reads_are_cacheable_and_private_ones_never(string path, int status, string cacheControl)
    {
        var product = await _server.Shop.CreateAsync(Headphones());
        var outcome = await _server.Shop.DecideAsync(product, CommandStatus.Applied);
        path = path.Replace("{product}", product.ToString(), StringComparison.Ordinal)
            .Replace("{stream}", outcome.Stream.ToString(), StringComparison.Ordinal)
            .Replace("{command}", outcome.CommandId.ToString(), StringComparison.Ordinal);
        foreach (var method in (string[])["GET", "HEAD"])
        {
            var answer = await _server.ClientOf(Seller.Id).SendAsync($"{method} {path}");
            Assert.Equal((status, cacheControl), ((int)answer.StatusCode, CacheControlOf(answer)));
            Assert.Equal("nosniff", answer.Header("X-Content-Type-Options"));
            Assert.NotNull(answer.Header("Content-Security-Policy"));
            if (cacheControl.StartsWith("public", StringComparison.Ordinal)) Assert.Equal("Origin", answer.Header("Vary"));
            if (method == "HEAD") Assert.Empty(await answer.TextAsync());
        }
    }

    /// <summary>
    /// The edge recognizes private paths by their spelling. It treats these as public, and would serve the answer to
    /// everybody for a second.
    /// </summary>
    [Theory]
    [InlineData("/Commands/{stream}/{command}")]
    [InlineData("/commands/{stream}/{command}/")]
    public async Task A_private_read_is_not_found_under_a_spelling_that_the_edge_takes_for_public(string path)
    {
        var outcome = await _server.Shop.DecideAsync(await _server.Shop.CreateAsync(), CommandStatus.Applied);

        var answer = await _server.ClientOf(Seller.Id).SendAsync($"GET {path.Replace("{stream}", outcome.Stream.ToString(), StringComparison.Ordinal).Replace("{command}", outcome.CommandId.ToString(), StringComparison.Ordinal)}");

        Assert.Equal((404, Private), ((int)answer.StatusCode, CacheControlOf(answer)));
    }

    [Fact]
    public async Task Nobody_reads_around_the_edge_where_it_shows_a_secret()
    {
        using var factory = _server.WithWebHostBuilder(builder => builder.UseSetting("EDGE_SECRETS", "env:EDGE_SECRET").UseSetting("EDGE_SECRET", "open sesame"));
        using var client = factory.CreateDefaultClient();

        Assert.Equal(403, (int)(await client.SendAsync("GET /products")).StatusCode);
        Assert.Equal(200, (int)(await client.SendAsync("GET /products", (new EdgeHeaders(ShopDomain.HeaderPrefix).Secret, "open sesame"))).StatusCode);
    }

    [Fact]
    public async Task A_token_on_a_public_read_is_not_looked_at()
    {
        using var server = new QueryServer { IdentityProvider = new NoIdentityProvider() };
        var id = await server.Shop.CreateAsync();
        foreach (var token in (string[])["garbage", Identity.Token(Seller.Id, lifetime: TimeSpan.FromMinutes(-5)), Identity.Token(Seller.Id)])
            await (await server.WithToken(token).SendAsync($"GET /products/{id}")).ShouldBeOkAsync();
    }

    [Fact]
    public async Task Browsers_of_the_configured_origins_may_read_the_headers()
    {
        var id = await _server.Shop.CreateAsync();
        var answer = await _server.Anyone.SendAsync($"GET /products/{id}", ("Origin", QueryServer.Origin));
        Assert.Equal(QueryServer.Origin, answer.Header("Access-Control-Allow-Origin"));
        foreach (var name in (string[])["ETag", "Link", "Retry-After", "X-Answered-From"])
            Assert.Contains(name, answer.Header("Access-Control-Expose-Headers"), StringComparison.Ordinal);
        Assert.Null((await _server.Anyone.SendAsync($"GET /products/{id}", ("Origin", "https://elsewhere.example.org"))).Header("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Another_method_is_405() =>
        await (await _server.Anyone.SendAsync("POST /products")).ShouldBeProblemAsync(405, "method_not_allowed");

    /// <summary>Returns the original header, because the client's own class reorders the parts.</summary>
    public static string? CacheControlOf(HttpResponseMessage answer) =>
        answer.Headers.NonValidated.TryGetValues("Cache-Control", out var values) ? values.ToString() : null;

    private sealed class NoIdentityProvider : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => throw new HttpRequestException("Nobody there.");
    }
}
