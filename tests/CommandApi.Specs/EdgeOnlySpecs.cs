using Microsoft.AspNetCore.Hosting;
using ServerlessCqrs.CommandApi.Specs.Playground;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Web;

namespace ServerlessCqrs.CommandApi.Specs;

/// <summary>Nobody can bypass the edge, even with a token.</summary>
public sealed class EdgeOnlySpecs : IDisposable
{
    private readonly CommandServer _server = new();

    public void Dispose() => _server.Dispose();

    [Theory]
    [InlineData("new")]
    [InlineData("old")]
    public async Task What_the_edge_shows_is_taken_and_so_is_the_secret_before_while_it_is_rotated(string secret)
    {
        using var client = ClientOfTheEdge(secret);
        Assert.Equal(202, (int)(await client.SendAsync("POST /products", Playground.Http.Headphones)).StatusCode);
    }

    [Trait("Guarantee", "QueryApi → CloudFront: on AWS, nobody can bypass the edge")]
    [Theory]
    [InlineData(null)]
    [InlineData("guess")]
    [InlineData("new,old")]
    [InlineData("")]
    public async Task Request_without_the_secret_is_refused_even_with_a_token(string? secret)
    {
        using var client = ClientOfTheEdge(secret);
        await (await client.SendAsync("POST /products", Playground.Http.Headphones)).ShouldBeProblemAsync(403, "edge_only");
        Assert.Empty(_server.Shop.Taken);
    }

    private HttpClient ClientOfTheEdge(string? secret)
    {
        var client = _server.WithWebHostBuilder(builder => builder
            .UseSetting("EDGE_SECRETS", "env:EDGE_SECRET_OLD, env:EDGE_SECRET_NEW")
            .UseSetting("EDGE_SECRET_OLD", "old")
            .UseSetting("EDGE_SECRET_NEW", "new")).CreateDefaultClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", Identity.Token());
        if (secret is not null) client.DefaultRequestHeaders.TryAddWithoutValidation(new EdgeHeaders(ShopDomain.HeaderPrefix).Secret, secret);
        return client;
    }
}
