using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.QueryApi.Specs.Playground;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Orders;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Streams;
using ServerlessCqrs.Web.Degradation;
using static ServerlessCqrs.QueryApi.Specs.Playground.ShopInMemory;

namespace ServerlessCqrs.QueryApi.Specs;

/// <summary>What was acknowledged as decided is found, whatever the read models contain.</summary>
public sealed class UnprojectedSpecs : IDisposable
{
    private readonly QueryServer _server = new();

    public void Dispose() => _server.Dispose();

    [Trait("Guarantee", "DynamoDB → QueryApi: what a write has answered is never 404")]
    [Fact]
    public async Task Product_that_only_its_tip_has_is_found_without_the_log()
    {
        var id = Guid.NewGuid();
        await _server.Shop.HappenAsync(id, [Headphones(), Price(100, 80)], logged: false, projected: false);

        var answer = await _server.Anyone.SendAsync($"GET /products/{id}");

        var product = await answer.ShouldBeOkAsync();
        Assert.Equal((2, 80m), (product.VersionOf(), product.PriceOf()));
        Assert.Equal(("no-store, stale-if-error=0", "event-store", null), (answer.Header("Cache-Control"), answer.Header("X-Answered-From"), answer.Header("X-May-Lack")));
        Assert.Equal(0, _server.Log.Faults.Calls);
    }

    [Fact]
    public async Task Product_of_several_commits_that_is_not_projected_is_found()
    {
        var id = Guid.NewGuid();
        await _server.Shop.HappenAsync(id, [Headphones()], projected: false);
        await _server.Shop.HappenAsync(id, [Price(100, 80)], logged: false, projected: false);

        Assert.Equal(80, (await (await _server.Anyone.SendAsync($"GET /products/{id}")).ShouldBeOkAsync()).PriceOf());
    }

    [Fact]
    public async Task Product_that_was_deleted_before_it_was_projected_is_410()
    {
        var id = Guid.NewGuid();
        await _server.Shop.HappenAsync(id, [Headphones(), new ProductDeleted("worn out", Remaining: 3)], projected: false);
        await (await _server.Anyone.SendAsync($"GET /products/{id}")).ShouldBeProblemAsync(410, "product_deleted");
    }

    [Fact]
    public async Task Product_of_which_all_was_refused_is_not_found()
    {
        var id = Guid.NewGuid();
        await _server.Shop.DecideAsync(id, EventStore.CommandStatus.Refused);
        await (await _server.Anyone.SendAsync($"GET /products/{id}")).ShouldBeProblemAsync(404, "product_not_found");
    }

    [Fact]
    public async Task Order_that_only_its_tip_has_is_found_by_its_customer_alone()
    {
        var id = Guid.NewGuid();
        await _server.Shop.HappenAsync(OrderStreams.IdOf(id), [new OrderCreated("ann", [new OrderLine(Guid.NewGuid(), 2)], Email: null, _server.Time.GetUtcNow())], logged: false, projected: false);

        var answer = await _server.ClientOf("ann", ShopRoles.Customer).SendAsync($"GET /orders/{id}");

        Assert.Equal("pending", (string?)(await answer.ShouldBeOkAsync())["status"]);
        Assert.Equal(("no-store", "event-store"), (answer.Header("Cache-Control"), answer.Header("X-Answered-From")));
        await (await _server.ClientOf("boss", Actor.Operator).SendAsync($"GET /orders/{id}")).ShouldBeOkAsync();
        await (await _server.ClientOf("bob", ShopRoles.Customer).SendAsync($"GET /orders/{id}")).ShouldBeProblemAsync(404, "order_not_found");
        Assert.Equal(0, _server.Log.Faults.Calls);
    }

    [Fact]
    public async Task Strangers_order_costs_the_same_reads_as_no_order()
    {
        var order = await _server.Shop.OrderAsync("ann", await _server.Shop.CreateAsync());
        var bob = _server.ClientOf("bob", ShopRoles.Customer);
        List<(int Tips, int Log)> reads = [];
        foreach (var id in new[] { order, Guid.NewGuid() })
        {
            var (tips, log) = (_server.Tips.Faults.Calls, _server.Log.Faults.Calls);
            await (await bob.SendAsync($"GET /orders/{id}")).ShouldBeProblemAsync(404, "order_not_found");
            reads.Add((_server.Tips.Faults.Calls - tips, _server.Log.Faults.Calls - log));
        }

        Assert.Equal([(1, 0), (1, 0)], reads);
    }

    [Fact]
    public async Task Pending_reviews_of_an_unprojected_product_are_read_by_its_seller()
    {
        var id = Guid.NewGuid();
        await _server.Shop.HappenAsync(id, [Headphones()], logged: false, projected: false);
        await (await _server.ClientOf(Seller.Id).SendAsync($"GET /products/{id}/reviews/pending")).ShouldBeOkAsync();
        await (await _server.ClientOf("seller-2").SendAsync($"GET /products/{id}/reviews/pending")).ShouldBeProblemAsync(403, "not_the_seller");
    }

    [Fact]
    public async Task While_the_tips_are_away_a_miss_is_503_and_never_404()
    {
        _server.Tips.Faults.Now = Fault.Fails;
        for (var i = 0; i < Dependency.MinimumCalls + 2; i++)
        {
            await (await _server.Anyone.SendAsync($"GET /products/{Guid.NewGuid()}")).ShouldBeProblemAsync(503, "unavailable");
            await (await _server.ClientOf("ann", ShopRoles.Customer).SendAsync($"GET /orders/{Guid.NewGuid()}")).ShouldBeProblemAsync(503, "unavailable");
        }
    }

    [Fact]
    public async Task Misses_that_fail_open_no_circuit_of_other_readers()
    {
        var id = Guid.NewGuid();
        await _server.Shop.ApplyAsync(id, Headphones());
        _server.Tips.Faults.Now = Fault.Fails;
        for (var i = 0; i < Dependency.MinimumCalls + 2; i++) await _server.Anyone.SendAsync($"GET /products/{Guid.NewGuid()}");
        _server.Tips.Faults.Now = Fault.None;

        var history = await _server.ClientOf(Seller.Id).SendAsync($"GET /products/{id}/history");

        await history.ShouldBeOkAsync();
        Assert.Null(history.Header("X-May-Lack"));
    }
}
