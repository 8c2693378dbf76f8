using ServerlessCqrs.QueryApi.Specs.Playground;
using ServerlessCqrs.Shop.Products;
using static ServerlessCqrs.QueryApi.Specs.Playground.ShopInMemory;

namespace ServerlessCqrs.QueryApi.Specs;

public sealed class SearchSpecs : IDisposable
{
    private readonly QueryServer _server = new();

    public void Dispose() => _server.Dispose();

    [Theory]
    [InlineData("q=lamp", "Desk lamp,Lamp", 2)]
    [InlineData("q=LAMP desk", "Desk lamp", 1)]
    [InlineData("q=la&sort=name", "Desk lamp,Lamp", 2)]
    [InlineData("q=lamp&sort=-price", "Desk lamp,Lamp", 2)]
    [InlineData("q=lamp&sort=newest", "Desk lamp,Lamp", 2)]
    [InlineData("q=lamp&sort=price", "Lamp,Desk lamp", 2)]
    [InlineData("q=lamp&category=office", "Desk lamp", 1)]
    [InlineData("q=lamp&category=OFFICE", "Desk lamp", 1)]
    [InlineData("q=%EF%BC%AC%EF%BC%A1MP&category=%EF%BD%8Fffice", "Desk lamp", 1)]
    [InlineData("q=la%CC%81mp&category=o%E2%80%8Dffice", "Desk lamp", 1)]
    [InlineData("q=lamp&category=%E2%80%8D", "", 0)]
    [InlineData("q=lamp&minPrice=20.01", "Desk lamp", null)]
    [InlineData("q=lamp&minPrice=20&maxPrice=20", "Lamp", null)]
    [InlineData("q=nothing", "", 0)]
    [InlineData("q=-", "", 0)]
    public async Task Products_are_found_by_words_and_narrowed_and_sorted(string query, string names, int? total)
    {
        await CreateThreeAsync();
        var answer = await _server.Anyone.SendAsync($"GET /products/search?{query}");
        var page = await answer.ShouldBeOkAsync();
        Assert.Equal(names, string.Join(',', page["items"]!.AsArray().Select(item => (string?)item!["name"])));
        Assert.Equal((total, false), ((int?)page["total"], (bool)page["partial"]!));
        Assert.Equal("public, max-age=0, s-maxage=5, stale-if-error=0", CacheSpecs.CacheControlOf(answer));
    }

    [Fact]
    public async Task Pages_follow_one_another()
    {
        await CreateThreeAsync();
        const string path = "/products/search?q=lamp&limit=1";
        var first = await _server.Anyone.SendAsync($"GET {path}");
        var cursor = (string)(await first.ShouldBeOkAsync())["next"]!;
        Assert.Equal($"<{path}&cursor={Uri.EscapeDataString(cursor)}>; rel=\"next\"", first.Header("Link"));

        var second = await _server.Anyone.SendAsync($"GET {path}&cursor={Uri.EscapeDataString(cursor)}");

        Assert.Equal("Lamp", (string?)(await second.ShouldBeOkAsync())["items"]![0]!["name"]);
        Assert.Equal(2, (int)(await second.ShouldBeOkAsync())["total"]!);
        Assert.Null(second.Header("Link"));
        await (await _server.Anyone.SendAsync($"GET /products/search?q=desk&limit=1&cursor={Uri.EscapeDataString(cursor)}")).ShouldBeProblemAsync(400, "cursor_invalid");
    }

    [Fact]
    public async Task What_was_taken_off_sale_meanwhile_is_missing()
    {
        await CreateThreeAsync();
        var gone = await _server.Shop.CreateAsync(Headphones("Lamp shade"));
        await _server.Shop.HappenAsync(gone, [new ProductDeleted("worn out", Remaining: 3)], projected: false);
        await _server.ReadModel.Inner.SaveAsync(new(ProductStreams.IdOf(gone), 2, null, default), (await _server.ReadModel.Inner.LoadAsync([ProductStreams.IdOf(gone)], default)).Values.Single(), default);

        var page = await (await _server.Anyone.SendAsync("GET /products/search?q=lamp")).ShouldBeOkAsync();

        Assert.Equal(2, page["items"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("", "q_invalid")]
    [InlineData("q=", "q_invalid")]
    [InlineData("q=lamp&category=", "category_invalid")]
    [InlineData("q=lamp&minPrice=cheap", "price_invalid")]
    [InlineData("q=lamp&minPrice=-1", "price_invalid")]
    [InlineData("q=lamp&maxPrice=1.001", "price_invalid")]
    [InlineData("q=lamp&minPrice=2&maxPrice=1", "price_invalid")]
    [InlineData("q=lamp&sort=rating", "sort_invalid")]
    [InlineData("q=lamp&limit=101", "limit_invalid")]
    [InlineData("q=lamp&cursor=nonsense", "cursor_invalid")]
    [InlineData("q=lamp&page=2", "parameter_unknown")]
    public async Task A_wrong_parameter_is_400(string query, string code) =>
        await (await _server.Anyone.SendAsync($"GET /products/search?{query}")).ShouldBeProblemAsync(400, code);

    [Fact]
    public async Task While_the_index_is_away_it_is_503()
    {
        _server.Others.Faults.Now = Fault.Fails;
        await (await _server.Anyone.SendAsync("GET /products/search?q=lamp")).ShouldBeProblemAsync(503, "unavailable");
    }

    private async Task CreateThreeAsync()
    {
        await _server.Shop.CreateAsync(Headphones("Lamp", "light", 20));
        await _server.Shop.CreateAsync(Headphones("Desk lamp", "office", 300));
        await _server.Shop.CreateAsync(Headphones("Chair", "office", 50));
    }
}
