using System.Text.Json.Nodes;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.QueryApi.Specs.Playground;
using ServerlessCqrs.Shop.Products;
using static ServerlessCqrs.QueryApi.Specs.Playground.ShopInMemory;

namespace ServerlessCqrs.QueryApi.Specs;

public sealed class HistorySpecs : IDisposable
{
    private readonly QueryServer _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task Its_seller_sees_every_command_and_what_came_of_it_the_newest_first()
    {
        var id = await SellAsync();
        await _server.Shop.ApplyAsync(id, Price(100, 80));
        await _server.Shop.DecideAsync(id, CommandStatus.Refused);

        var answer = await Seller.SendAsync($"GET /products/{id}/history");
        var items = (await answer.ShouldBeOkAsync())["items"]!.AsArray();

        Assert.Equal(["refused", "applied", "applied"], items.Select(item => (string?)item!["status"]));
        Assert.Equal(("price_cut_too_deep", "More than half off."), ((string?)items[0]!["code"], (string?)items[0]!["reason"]));
        Assert.Equal(("seller-1", "seller", 2), ((string?)items[1]!["actor"]!["id"], (string?)items[1]!["actor"]!["role"], (int)items[1]!["version"]!));
        var e = items[1]!["events"]![0]!;
        Assert.Equal(("ProductPriceUpdated", 80m), ((string?)e["type"], (decimal)e["data"]!["new"]!["amount"]!));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""[{"path":"pricing.currentPrice","before":100,"after":80},{"path":"pricing.discount","before":0,"after":20}]"""), e["changes"]), e.ToJsonString());
        Assert.Equal("no-store", answer.Header("Cache-Control"));
        Assert.Null(answer.Header("X-May-Lack"));
    }

    [Fact]
    public async Task Page_by_page_nothing_repeats_and_nothing_is_missing_while_more_happens()
    {
        var id = await SellAsync();
        for (var price = 99; price > 90; price--) await _server.Shop.ApplyAsync(id, Price(price + 1, price), logged: price % 2 == 0);

        List<int> versions = [];
        string? next = null;
        do
        {
            var page = await (await Seller.SendAsync($"GET /products/{id}/history?limit=3{(next is null ? "" : $"&cursor={next}")}")).ShouldBeOkAsync();
            versions.AddRange(page["items"]!.AsArray().Select(item => (int)item!["version"]!));
            next = (string?)page["next"];
            await _server.Shop.ApplyAsync(id, Price(91, 90));
            await _server.Shop.ApplyAsync(id, Price(90, 91));
        }
        while (next is not null);

        Assert.Equal(Enumerable.Range(1, 10).Reverse(), versions);
    }

    [Fact]
    public async Task Operators_see_it_and_nobody_else_does()
    {
        var id = await SellAsync();

        await (await _server.ClientOf("operator-1", "operator").SendAsync($"GET /products/{id}/history")).ShouldBeOkAsync();
        await (await _server.ClientOf("seller-2").SendAsync($"GET /products/{id}/history")).ShouldBeProblemAsync(403, "not_the_owner");
        await (await _server.ClientOf("seller-1", "customer").SendAsync($"GET /products/{id}/history")).ShouldBeProblemAsync(403, "not_the_owner");
        await (await _server.Anyone.SendAsync($"GET /products/{id}/history")).ShouldBeProblemAsync(401, "token_invalid");
    }

    [Fact]
    public async Task What_was_only_refused_has_a_history_for_operators()
    {
        var id = Guid.NewGuid();
        await _server.Shop.DecideAsync(id, CommandStatus.Refused);

        Assert.Single((await (await _server.ClientOf("operator-1", "operator").SendAsync($"GET /products/{id}/history")).ShouldBeOkAsync())["items"]!.AsArray());
        await (await Seller.SendAsync($"GET /products/{id}/history")).ShouldBeProblemAsync(404, "product_not_found");
    }

    [Fact]
    public async Task A_deleted_product_keeps_its_history()
    {
        var id = await SellAsync();
        await _server.Shop.ApplyAsync(id, new ProductDeleted("Sold out", 0));

        var newest = (await (await Seller.SendAsync($"GET /products/{id}/history?limit=1")).ShouldBeOkAsync())["items"]![0]!;

        Assert.Contains(newest["events"]![0]!["changes"]!.AsArray(), change => (string?)change!["path"] == "name" && change["after"] is null);
    }

    [Fact]
    public async Task Without_the_tips_the_log_tells_and_says_that_it_may_lack_the_newest()
    {
        var id = await SellAsync();
        _server.Tips.Faults.Now = Fault.Fails;

        var answer = await Seller.SendAsync($"GET /products/{id}/history");

        Assert.Single((await answer.ShouldBeOkAsync())["items"]!.AsArray());
        Assert.Equal("newest-commit", answer.Header("X-May-Lack"));
        await (await Seller.SendAsync($"GET /products/{Guid.NewGuid()}/history")).ShouldBeProblemAsync(503, "unavailable");
    }

    [Fact]
    public async Task Without_the_log_it_is_503()
    {
        var id = await SellAsync();
        _server.Log.Faults.Now = Fault.Fails;
        await (await Seller.SendAsync($"GET /products/{id}/history")).ShouldBeProblemAsync(503, "unavailable");
    }

    [Theory]
    [InlineData("?limit=0", "limit_invalid")]
    [InlineData("?limit=101", "limit_invalid")]
    [InlineData("?cursor=1.2", "cursor_invalid")]
    [InlineData("?cursor=1.2.9.00000000-0000-0000-0000-000000000000", "cursor_invalid")]
    [InlineData("?cursor=99999999999999999.2.1.00000000-0000-0000-0000-000000000000", "cursor_invalid")]
    [InlineData("?page=2", "parameter_unknown")]
    public async Task A_wrong_parameter_is_400(string query, string code) =>
        await (await Seller.SendAsync($"GET /products/{await SellAsync()}/history{query}")).ShouldBeProblemAsync(400, code);

    private HttpClient Seller => _server.ClientOf("seller-1");

    private async Task<Guid> SellAsync()
    {
        var id = Guid.NewGuid();
        await _server.Shop.ApplyAsync(id, Headphones());
        return id;
    }
}
