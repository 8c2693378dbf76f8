using ServerlessCqrs.QueryApi.Specs.Playground;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Orders;
using ServerlessCqrs.ShopViews;
using ServerlessCqrs.Streams;
using ServerlessCqrs.Web.Freshness;
using static ServerlessCqrs.QueryApi.Specs.Playground.ShopInMemory;

namespace ServerlessCqrs.QueryApi.Specs;

public sealed class OrderSpecs : IDisposable
{
    private readonly QueryServer _server = new();

    public void Dispose() => _server.Dispose();

    private HttpClient Ann => _server.ClientOf("ann", ShopRoles.Customer);

    private HttpClient Bob => _server.ClientOf("bob", ShopRoles.Customer);

    [Fact]
    public async Task Order_is_for_its_customer_and_operators_and_404_for_others()
    {
        var order = await _server.Shop.OrderAsync("ann", await _server.Shop.CreateAsync());
        foreach (var client in new[] { Ann, _server.ClientOf("boss", Actor.Operator) })
        {
            var answer = await client.SendAsync($"GET /orders/{order}");
            var body = await answer.ShouldBeOkAsync();
            Assert.Equal((order.ToString(), "confirmed", 160m, 3), ((string?)body["id"], (string?)body["status"], (decimal)body["total"]!, body.VersionOf()));
            Assert.Equal(("no-store", "\"3\""), (answer.Header("Cache-Control"), answer.Header("ETag")));
            Assert.Equal(304, (int)(await client.SendAsync($"GET /orders/{order}", ("If-None-Match", "\"3\""))).StatusCode);
        }

        await (await _server.Anyone.SendAsync($"GET /orders/{order}")).ShouldBeProblemAsync(401, "token_invalid");
        foreach (var client in new[] { Bob, _server.ClientOf(Seller.Id) })
        {
            var theirs = await (await client.SendAsync($"GET /orders/{order}")).ShouldBeProblemAsync(404, "order_not_found");
            var nobodys = await (await client.SendAsync($"GET /orders/{Guid.NewGuid()}")).ShouldBeProblemAsync(404, "order_not_found");
            (theirs["traceId"], nobodys["traceId"]) = ("", "");
            Assert.Equal(nobodys.ToJsonString(), theirs.ToJsonString());
        }
    }

    /// <summary>An answer does not reveal whether another customer's order exists, with or without a wait.</summary>
    [Theory]
    [InlineData(Fault.None, 404, "order_not_found")]
    [InlineData(Fault.Fails, 503, "unavailable")]
    public async Task Waiting_for_another_customers_order_is_as_waiting_for_none(Fault tips, int status, string code)
    {
        var order = await _server.Shop.OrderAsync("ann", await _server.Shop.CreateAsync());
        _server.Tips.Faults.Now = tips;
        foreach (var id in new[] { order, Guid.NewGuid() })
        {
            var start = _server.Time.GetTimestamp();
            await (await _server.PassTimeUntilAsync(Bob.SendAsync($"GET /orders/{id}?atLeastVersion=1"))).ShouldBeProblemAsync(status, code);
            Assert.True(_server.Time.GetElapsedTime(start) >= VersionWait.Patience - TimeSpan.FromMilliseconds(100), "It did not wait.");
        }
    }

    [Fact]
    public async Task As_of_a_time_a_customers_orders_are_as_they_were_then()
    {
        var product = await _server.Shop.CreateAsync();
        var early = $"{_server.Time.GetUtcNow():yyyy-MM-ddTHH:mm:ssZ}";
        var order = await _server.Shop.OrderAsync("ann", product);
        var then = $"{_server.Time.GetUtcNow():yyyy-MM-ddTHH:mm:ssZ}";
        var recorded = (await (await Ann.SendAsync("GET /users/me/orders")).ShouldBeOkAsync()).ToJsonString();
        await _server.Shop.CancelAsync(order, "ann", product);
        await _server.Shop.OrderAsync("ann", product);
        await _server.Shop.OrderAsync("bob", product);

        var answer = await Ann.SendAsync($"GET /users/me/orders?asOf={then}");
        Assert.Equal(recorded, (await answer.ShouldBeOkAsync()).ToJsonString());
        Assert.Equal(("no-store", "event-store"), (answer.Header("Cache-Control"), answer.Header("X-Answered-From")));
        Assert.Empty((await (await Ann.SendAsync($"GET /users/me/orders?asOf={early}")).ShouldBeOkAsync())["items"]!.AsArray());
        await (await Ann.SendAsync("GET /users/me/orders?asOf=yesterday")).ShouldBeProblemAsync(400, "time_invalid");
    }

    [Fact]
    public async Task What_was_just_written_is_read_from_log_and_tip_once_patience_ends()
    {
        var product = await _server.Shop.CreateAsync();
        var order = await _server.Shop.OrderAsync("ann", product);
        await _server.Shop.CancelAsync(order, "ann", product, logged: false, projected: false);
        Assert.Equal("confirmed", (string?)(await (await Ann.SendAsync($"GET /orders/{order}")).ShouldBeOkAsync())["status"]);

        var answer = await _server.PassTimeUntilAsync(Ann.SendAsync($"GET /orders/{order}?atLeastVersion=4"));

        Assert.Equal(("cancelled", 4), ((string?)(await answer.ShouldBeOkAsync())["status"], (await answer.ShouldBeOkAsync()).VersionOf()));
        Assert.Equal(("no-store", "event-store"), (answer.Header("Cache-Control"), answer.Header("X-Answered-From")));
        await (await _server.PassTimeUntilAsync(Ann.SendAsync($"GET /orders/{order}?atLeastVersion=5"))).ShouldBeProblemAsync(503, "version_not_reached");
    }

    [Fact]
    public async Task While_the_read_model_is_away_an_order_comes_from_the_event_store()
    {
        var product = await _server.Shop.CreateAsync();
        var order = await _server.Shop.OrderAsync("ann", product);
        _server.Others.Faults.Now = Fault.Fails;
        var answer = await Ann.SendAsync($"GET /orders/{order}");
        Assert.Equal("confirmed", (string?)(await answer.ShouldBeOkAsync())["status"]);
        Assert.Equal("event-store", answer.Header("X-Answered-From"));
        await (await Bob.SendAsync($"GET /orders/{order}")).ShouldBeProblemAsync(404, "order_not_found");
        await (await Ann.SendAsync("GET /users/me/orders")).ShouldBeProblemAsync(503, "unavailable");
        await (await Ann.SendAsync("GET /users/me/orders/summary")).ShouldBeProblemAsync(503, "unavailable");
    }

    [Fact]
    public async Task While_the_tips_are_away_too_the_log_answers_and_says_what_it_may_lack()
    {
        var product = await _server.Shop.CreateAsync();
        var order = await _server.Shop.OrderAsync("ann", product);
        var unlogged = await _server.Shop.OrderAsync("ann", product, logged: false);
        (_server.Others.Faults.Now, _server.Tips.Faults.Now) = (Fault.Fails, Fault.Fails);
        Assert.Equal("newest-commit", (await Ann.SendAsync($"GET /orders/{order}")).Header("X-May-Lack"));
        await (await Ann.SendAsync($"GET /orders/{unlogged}")).ShouldBeProblemAsync(503, "unavailable");
    }

    [Fact]
    public async Task An_order_whose_item_cannot_be_read_comes_from_the_event_store()
    {
        var order = await _server.Shop.OrderAsync("ann", await _server.Shop.CreateAsync());
        var stored = (await _server.Others.Models.Of(ShopReadModels.OrderDocuments).LoadAsync([OrderStreams.IdOf(order)], default)).Values.Single();
        await _server.Others.Models.Of(ShopReadModels.OrderDocuments).SaveAsync(stored with { Document = null, Fault = new FormatException("no JSON") }, stored, default);
        for (var i = 0; i < 5; i++) Assert.Equal("event-store", (await Ann.SendAsync($"GET /orders/{order}")).Header("X-Answered-From"));
        await (await Ann.SendAsync("GET /users/me/orders/summary")).ShouldBeOkAsync();
    }

    [Fact]
    public async Task A_customer_gets_their_own_orders_newest_first_page_by_page()
    {
        var product = await _server.Shop.CreateAsync();
        List<Guid> orders = [];
        for (var i = 0; i < 5; i++) orders.Add(await _server.Shop.OrderAsync("ann", product));
        await _server.Shop.OrderAsync("bob", product);
        List<Guid> listed = [];
        for (var next = "/users/me/orders?limit=2"; next is not null;)
        {
            var answer = await Ann.SendAsync($"GET {next}");
            Assert.Equal("no-store", answer.Header("Cache-Control"));
            listed.AddRange((await answer.ShouldBeOkAsync())["items"]!.AsArray().Select(item => (Guid)item!["id"]!));
            next = answer.Header("Link")?.Split('>')[0][1..];
        }

        Assert.Equal(orders.AsEnumerable().Reverse(), listed);
    }

    [Fact]
    public async Task The_summary_counts_the_callers_orders_and_what_they_spent()
    {
        var product = await _server.Shop.CreateAsync();
        await _server.Shop.CancelAsync(await _server.Shop.OrderAsync("ann", product), "ann", product);
        await _server.Shop.OrderAsync("ann", product);
        var last = await _server.Shop.OrderAsync("ann", product);

        var summary = await (await Ann.SendAsync("GET /users/me/orders/summary")).ShouldBeOkAsync();

        Assert.Equal((3, 2, 320m, "USD", last), ((int)summary["orders"]!, (int)summary["confirmed"]!, (decimal)summary["spent"]![0]!["amount"]!, (string?)summary["spent"]![0]!["currency"], (Guid)summary["last"]!["id"]!));
        Assert.Equal("""{"orders":0,"confirmed":0,"spent":[]}""", (await (await Bob.SendAsync("GET /users/me/orders/summary")).ShouldBeOkAsync()).ToJsonString());
    }

    [Theory]
    [InlineData("/users/me/orders?limit=0", 400, "limit_invalid")]
    [InlineData("/users/me/orders?cursor=nonsense", 400, "cursor_invalid")]
    [InlineData("/users/me/orders?customer=ann", 400, "parameter_unknown")]
    [InlineData("/users/me/orders/summary?limit=1", 400, "parameter_unknown")]
    [InlineData("/orders/6579c22f-be2b-444c-a52b-0116dd82df6c?atLeastVersion=0", 400, "version_invalid")]
    [InlineData("/orders/nonsense", 404, "order_not_found")]
    [InlineData("/users/ann/orders", 404, "route_not_found")]
    public async Task What_is_malformed_is_400_and_what_is_nowhere_404(string path, int status, string code) =>
        await (await Bob.SendAsync($"GET {path}")).ShouldBeProblemAsync(status, code);
}
