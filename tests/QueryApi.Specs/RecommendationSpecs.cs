using System.Text.Json.Nodes;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.QueryApi.Specs.Playground;
using ServerlessCqrs.ShopViews.Recommendations;
using static ServerlessCqrs.QueryApi.Specs.Playground.ShopInMemory;

namespace ServerlessCqrs.QueryApi.Specs;

public sealed class RecommendationSpecs : IDisposable
{
    private readonly QueryServer _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task Recommendations_come_in_order_with_counts_and_without_deleted_products()
    {
        var (amp, cable, gone) = (await CreateAsync("Amp"), await CreateAsync("Cable"), Guid.NewGuid());
        var product = await CreateAsync("Headphones");
        await _server.Rankings.BoughtTogether.SaveAsync(new Ranking(SalesRankings.KeyOf(product), [new RankedProduct(cable, 9), new RankedProduct(gone, 8), new RankedProduct(amp, 3)]), default);

        var answer = await _server.Anyone.SendAsync($"GET /products/{product}/recommendations");

        Assert.Equal("Cable 9, Amp 3", TextOf(await answer.ShouldBeOkAsync(), "orders"));
        Assert.Equal("public, max-age=0, s-maxage=5, stale-if-error=0", CacheSpecs.CacheControlOf(answer));
        Assert.Equal("Cable 9", TextOf(await (await _server.Anyone.SendAsync($"GET /products/{product}/recommendations?limit=1")).ShouldBeOkAsync(), "orders"));
        Assert.Equal("", TextOf(await (await _server.Anyone.SendAsync($"GET /products/{amp}/recommendations")).ShouldBeOkAsync(), "orders"));
        await (await _server.Anyone.SendAsync("GET /products/nonsense/recommendations")).ShouldBeProblemAsync(404, "product_not_found");
    }

    [Fact]
    public async Task Best_sellers_are_of_one_category_or_of_all()
    {
        var (amp, cable) = (await CreateAsync("Amp"), await CreateAsync("Cable"));
        await _server.Rankings.BestSellers.SaveAsync(new Ranking(SalesRankings.KeyOf((string?)null), [new RankedProduct(amp, 20), new RankedProduct(cable, 7)]), default);
        await _server.Rankings.BestSellers.SaveAsync(new Ranking(SalesRankings.KeyOf("audio"), [new RankedProduct(cable, 7)]), default);
        Assert.Equal("Amp 20, Cable 7", TextOf(await (await _server.Anyone.SendAsync("GET /products/best-sellers")).ShouldBeOkAsync(), "pieces"));
        Assert.Equal("Amp 20", TextOf(await (await _server.Anyone.SendAsync("GET /products/best-sellers?limit=1")).ShouldBeOkAsync(), "pieces"));
        Assert.Equal("Cable 7", TextOf(await (await _server.Anyone.SendAsync("GET /products/best-sellers?category=audio")).ShouldBeOkAsync(), "pieces"));
        Assert.Equal("", TextOf(await (await _server.Anyone.SendAsync("GET /products/best-sellers?category=all")).ShouldBeOkAsync(), "pieces"));
    }

    [Theory]
    [InlineData("/products/6579c22f-be2b-444c-a52b-0116dd82df6c/recommendations?limit=11", "limit_invalid")]
    [InlineData("/products/6579c22f-be2b-444c-a52b-0116dd82df6c/recommendations?cursor=x", "parameter_unknown")]
    [InlineData("/products/best-sellers?limit=51", "limit_invalid")]
    [InlineData("/products/best-sellers?category=", "category_invalid")]
    [InlineData("/products/best-sellers?sort=price", "parameter_unknown")]
    public async Task A_wrong_parameter_is_400(string path, string code) => await (await _server.Anyone.SendAsync($"GET {path}")).ShouldBeProblemAsync(400, code);

    private Task<Guid> CreateAsync(string name) => _server.Shop.CreateAsync(Headphones(name));

    private static string TextOf(JsonNode ranking, string count) => string.Join(", ", ranking["items"]!.AsArray().Select(item => $"{item!["product"]!["name"]} {item[count]}"));
}
