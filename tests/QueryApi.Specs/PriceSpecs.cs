using System.Text.Json.Nodes;
using ServerlessCqrs.QueryApi.Specs.Playground;
using ServerlessCqrs.Shop.Products;
using static ServerlessCqrs.QueryApi.Specs.Playground.ShopInMemory;

namespace ServerlessCqrs.QueryApi.Specs;

/// <summary>A product that is created at 12:00:01 for 100, with price changes at 12:00:02, :03 and :05.</summary>
public sealed class PriceSpecs : IDisposable
{
    private readonly QueryServer _server = new();

    public void Dispose() => _server.Dispose();

    [Theory]
    [InlineData("", "01=100 02=80 03=60 05=90")]
    [InlineData("?from=2026-11-01T12:00:02Z", "02=80 03=60 05=90")]
    [InlineData("?from=2026-11-01T12:00:04Z", "03=60 05=90")]
    [InlineData("?from=2026-11-01T12:00:02.500Z&to=2026-11-01T12:00:04Z", "02=80 03=60")]
    [InlineData("?to=2026-11-01T12:00:02Z", "01=100 02=80")]
    [InlineData("?from=2030-01-01", "05=90")]
    [InlineData("?from=2020-01-01", "01=100 02=80 03=60 05=90")]
    public async Task A_range_begins_with_the_price_that_was_in_force(string query, string points)
    {
        var answer = await _server.Anyone.SendAsync($"GET /products/{await CreateAsync()}/prices{query}");
        var history = await answer.ShouldBeOkAsync();
        Assert.Equal(points, TextOf(history));
        Assert.Equal(("USD", false), ((string?)history["currency"], (bool)history["partial"]!));
        Assert.Equal("public, max-age=0, s-maxage=60, stale-if-error=0", CacheSpecs.CacheControlOf(answer));
    }

    [Fact]
    public async Task Of_very_many_changes_the_newest_are_shown()
    {
        var id = await _server.Shop.CreateAsync();
        await _server.Shop.HappenAsync(id, [.. Enumerable.Range(0, 1_000).Select(i => Price(100 + i, 101 + i))], projected: false);
        var history = await (await _server.Anyone.SendAsync($"GET /products/{id}/prices")).ShouldBeOkAsync();
        var amounts = history["points"]!.AsArray().Select(point => (decimal)point!["amount"]!);
        Assert.Equal(Enumerable.Range(101, 1_000).Select(amount => (decimal)amount), amounts);
        Assert.True((bool)history["partial"]!);
    }

    [Fact]
    public async Task A_product_that_is_off_sale_has_its_history_and_one_that_never_was_has_none()
    {
        var id = await CreateAsync();
        await _server.Shop.HappenAsync(id, [new ProductDeleted("worn out", Remaining: 3)]);
        Assert.Equal("01=100 02=80 03=60 05=90", TextOf(await (await _server.Anyone.SendAsync($"GET /products/{id}/prices")).ShouldBeOkAsync()));
        await (await _server.Anyone.SendAsync($"GET /products/{Guid.NewGuid()}/prices")).ShouldBeProblemAsync(404, "product_not_found");
        await (await _server.Anyone.SendAsync("GET /products/nonsense/prices")).ShouldBeProblemAsync(404, "product_not_found");
        await (await _server.Anyone.SendAsync($"GET /products/{id}/prices?to=2020-01-01")).ShouldBeProblemAsync(404, "product_not_found");
    }

    [Theory]
    [InlineData("?from=yesterday", "time_invalid")]
    [InlineData("?to=tomorrow", "time_invalid")]
    [InlineData("?from=2026-11-02&to=2026-11-01", "range_invalid")]
    [InlineData("?since=2026-11-02", "parameter_unknown")]
    public async Task A_wrong_parameter_is_400(string query, string code) =>
        await (await _server.Anyone.SendAsync($"GET /products/{Guid.NewGuid()}/prices{query}")).ShouldBeProblemAsync(400, code);

    [Fact]
    public async Task While_the_tips_are_away_the_log_answers_and_says_what_it_may_lack()
    {
        var id = await CreateAsync();
        await _server.Shop.HappenAsync(id, [Price(90, 70)], logged: false);
        Assert.Equal("01=100 02=80 03=60 05=90 06=70", TextOf(await (await _server.Anyone.SendAsync($"GET /products/{id}/prices")).ShouldBeOkAsync()));
        _server.Tips.Faults.Now = Fault.Fails;

        var answer = await _server.Anyone.SendAsync($"GET /products/{id}/prices");

        Assert.Equal("01=100 02=80 03=60 05=90", TextOf(await answer.ShouldBeOkAsync()));
        Assert.Equal(("no-store, stale-if-error=0", "newest-commit"), (answer.Header("Cache-Control"), answer.Header("X-May-Lack")));
        await (await _server.Anyone.SendAsync($"GET /products/{Guid.NewGuid()}/prices")).ShouldBeProblemAsync(503, "unavailable");
    }

    private async Task<Guid> CreateAsync()
    {
        var id = await _server.Shop.CreateAsync();
        await _server.Shop.HappenAsync(id, [Price(100, 80), Price(80, 60), new InventoryAdjusted(-1, 49, "lost"), Price(60, 90)]);
        return id;
    }

    private static string TextOf(JsonNode history) => string.Join(' ', history["points"]!.AsArray().Select(point => $"{(DateTimeOffset)point!["at"]!:ss}={point["amount"]}"));
}
