using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.QueryApi.Specs.Playground;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Streams;
using ServerlessCqrs.Topology;
using ServerlessCqrs.Web;
using ServerlessCqrs.Web.Caching;

namespace ServerlessCqrs.QueryApi.Specs;

/// <summary>
/// A product is invalidated under one path. Caches must not store an answer under any other spelling of it.
/// </summary>
public sealed class SpellingSpecs : IDisposable
{
    private readonly QueryServer _server = new();

    public void Dispose() => _server.Dispose();

    [Theory]
    [InlineData("/products/{id}", true)]
    [InlineData("/products/{id}/", false)]
    [InlineData("/products/{ID}", false)]
    [InlineData("/Products/{id}", false)]
    [InlineData("/PRODUCTS/{id}", false)]
    [InlineData("/products/{escaped}", false)]
    [InlineData("/products/{id}?", false)]
    [InlineData("/products/{id}?&", false)]
    [InlineData("/products/{id}?atLeastVersion=1&", false)]
    [InlineData("/products//{id}", false)]
    [InlineData("//products/{id}", false)]
    [InlineData("/products/{short}", false)]
    [InlineData("/products/{braces}", false)]
    [InlineData("/%70roducts/{id}", false)]
    [InlineData("/products", true)]
    [InlineData("/products?limit=1&category=audio", true)]
    [InlineData("/products/", false)]
    [InlineData("/products/{id}/reviews", true)]
    [InlineData("/products/{id}/Reviews", false)]
    [InlineData("/products/{id}/reviews/", false)]
    [InlineData("/products/{ID}/reviews", false)]
    [InlineData("/products/{id}/prices", true)]
    [InlineData("/products/{ID}/prices", false)]
    [InlineData("/products/{id}/recommendations", true)]
    [InlineData("/products/{ID}/recommendations", false)]
    public async Task Only_the_canonical_spelling_may_be_kept(string path, bool isKept)
    {
        var id = await _server.Shop.CreateAsync(ShopInMemory.Headphones());
        var target = path
            .Replace("{id}", id.ToString(), StringComparison.Ordinal)
            .Replace("{ID}", WithLetters(id), StringComparison.Ordinal)
            .Replace("{escaped}", id.ToString().Replace("-", "%2D", StringComparison.Ordinal), StringComparison.Ordinal)
            .Replace("{short}", id.ToString("N"), StringComparison.Ordinal)
            .Replace("{braces}", id.ToString("B"), StringComparison.Ordinal);

        foreach (var method in (string[])["GET", "HEAD"])
        {
            // A client would normalize the target.
            var parts = target.Split('?', 2);
            var answer = await _server.Server.SendAsync(
                http =>
                {
                    (http.Request.Method, http.Request.Path) = (method, PathString.FromUriComponent(parts[0]));
                    http.Request.QueryString = parts.Length == 1 ? QueryString.Empty : new QueryString($"?{parts[1]}");
                    http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = target;
                },
                TestContext.Current.CancellationToken);
            var said = answer.Response.Headers.CacheControl.ToString();
            if (isKept) Assert.StartsWith("public", said, StringComparison.Ordinal);
            else Assert.StartsWith("no-store", said, StringComparison.Ordinal);
        }
    }

    /// <summary>API Gateway decodes the path, so only the edge sees the escapes.</summary>
    [Fact]
    public async Task Path_that_the_edge_saw_with_escapes_may_not_be_kept()
    {
        Assert.Equal(new EdgeHeaders(ShopDomain.HeaderPrefix).Path, ShopTopology.Edge.PathHeader);
        var id = await _server.Shop.CreateAsync();
        var answer = await _server.Anyone.SendAsync($"GET /products/{id}", (new EdgeHeaders(ShopDomain.HeaderPrefix).Path, $"/products/{id.ToString().Replace("-", "%2D", StringComparison.Ordinal)}"));
        Assert.Equal((200, "no-store, stale-if-error=0"), ((int)answer.StatusCode, CacheSpecs.CacheControlOf(answer)));
    }

    /// <summary>
    /// The edge may treat such a path as public, and would serve one customer's answer to others for a second.
    /// </summary>
    [Theory]
    [InlineData("/users/me", "/%75sers/me", 404)]
    [InlineData("/users/me", "/users%2Fme", 404)]
    [InlineData("/users/me/orders", "/users/me%2Forders", 404)]
    [InlineData("/commands/{stream}/{id}", "/commands/{escaped}/{id}", 200)]
    [InlineData("/commands/{stream}/{id}", "/commands/{escaped}%2F{id}", 404)]
    public async Task Private_read_is_not_found_where_escapes_hide_that_it_is_one(string path, string sent, int status)
    {
        await _server.Shop.RegisterAsync("ann", "ann@example.org", "Ann");
        var outcome = await _server.Shop.DecideAsync(await _server.Shop.CreateAsync(), CommandStatus.Applied, actor: new Actor("ann", ShopRoles.Customer));

        var answer = await _server.ClientOf("ann", ShopRoles.Customer).SendAsync($"GET {Fill(path)}", (new EdgeHeaders(ShopDomain.HeaderPrefix).Path, Fill(sent)));

        Assert.Equal((status, "no-store"), ((int)answer.StatusCode, CacheSpecs.CacheControlOf(answer)));
        Assert.Equal(200, (int)(await _server.ClientOf("ann", ShopRoles.Customer).SendAsync($"GET {Fill(path)}")).StatusCode);

        string Fill(string text) => text
            .Replace("{stream}", outcome.Stream.ToString(), StringComparison.Ordinal)
            .Replace("{escaped}", outcome.Stream.ToString().Replace("-", "%2D", StringComparison.Ordinal), StringComparison.Ordinal)
            .Replace("{id}", outcome.CommandId.ToString(), StringComparison.Ordinal);
    }

    /// <summary>Returns an id in upper case. Fewer than one id in a million has no letter.</summary>
    private static string WithLetters(Guid id) => id.ToString().ToUpperInvariant();
}
