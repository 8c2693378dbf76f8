using System.Text.Json.Nodes;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.Projections;
using ServerlessCqrs.Projections.Routing;
using ServerlessCqrs.QueryApi.Specs.Playground;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.ShopViews;
using ServerlessCqrs.ShopViews.Products;
using ServerlessCqrs.Topology;
using static ServerlessCqrs.QueryApi.Specs.Playground.ShopInMemory;

namespace ServerlessCqrs.QueryApi.Specs;

/// <summary>Two versions of the products. Operators choose whom the second one serves.</summary>
public sealed class RoutingSpecs : IDisposable
{
    private readonly QueryServer _server = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _server.Dispose();

    [Fact]
    public void The_header_is_the_one_that_the_edge_fills() =>
        Assert.Equal((ShopTopology.Edge.BucketHeader, Segments.Buckets), (RequestBucket.Header, ReadModelRoute.Buckets));

    [Theory]
    [InlineData(0, "41", false)]
    [InlineData(0, "42", true)]
    [InlineData(10, "9", true)]
    [InlineData(10, "10", false)]
    [InlineData(10, "42", true)]
    [InlineData(10, null, false)]
    [InlineData(10, "", false)]
    [InlineData(10, "-1", false)]
    [InlineData(10, "nine", false)]
    [InlineData(99, "100", false)]
    [InlineData(99, null, false)]
    [InlineData(100, "99", true)]
    [InlineData(100, null, true)]
    public async Task Bucket_below_the_percentage_or_named_gets_the_second_version(int percent, string? bucket, bool isSecond)
    {
        var id = await _server.Shop.CreateAsync();
        await RouteAsync(percent, 42);

        var answer = await ReadAsync(id, bucket);

        Assert.Equal(isSecond, (await answer.ShouldBeOkAsync())["priceHistory"] is not null);
        Assert.Equal(isSecond ? "\"1.v2\"" : "\"1\"", answer.Header("ETag"));
        Assert.Equal("public, max-age=0, s-maxage=10, stale-if-error=0", CacheSpecs.CacheControlOf(answer));
    }

    [Fact]
    public async Task The_second_version_says_all_that_the_first_says_and_more()
    {
        var id = await _server.Shop.CreateAsync();
        await _server.Shop.HappenAsync(id, [Price(100, 80)]);
        await _server.Shop.ReviewAsync(id, "customer-1", "Good", "Loud");
        var first = await (await ReadAsync(id)).ShouldBeOkAsync();
        await RouteAsync(100);

        var second = (await (await ReadAsync(id)).ShouldBeOkAsync()).AsObject();

        Assert.Equal([100m, 80m], second["priceHistory"]!.AsArray().Select(point => (decimal)point!["amount"]!));
        Assert.Equal("wireless headphones", (string?)second["searchName"]);
        Assert.True(second.Remove("priceHistory") && second.Remove("searchName"));
        Assert.True(JsonNode.DeepEquals(first, second), second.ToJsonString());
        Assert.Equal(5, (decimal)second["averageRating"]!);
    }

    [Fact]
    public async Task A_client_has_only_the_version_whose_tag_it_names()
    {
        var id = await _server.Shop.CreateAsync();
        await _server.Shop.ReviewAsync(id, "customer-1", "Good", "Loud");
        var first = (await ReadAsync(id)).Header("ETag")!;
        await RouteAsync(100);
        var second = (await ReadAsync(id)).Header("ETag")!;

        Assert.Equal(first[..^1] + ".v2\"", second);
        Assert.Equal((200, 304), (await StatusAsync(first), await StatusAsync(second)));
        await _server.Routes.RemoveAsync(ShopReadModels.Products, Ct);
        _server.Time.Advance(CurrentRoutes.Fresh);
        Assert.Equal((304, 200), (await StatusAsync(first), await StatusAsync(second)));

        async Task<int> StatusAsync(string tag) => (int)(await _server.Anyone.SendAsync($"GET /products/{id}", ("If-None-Match", tag))).StatusCode;
    }

    [Fact]
    public async Task Lists_are_answered_from_the_routed_version_and_a_cursor_holds_in_both()
    {
        foreach (var name in new[] { "One", "Two", "Three" }) await _server.Shop.CreateAsync(Headphones(name));
        var page = await (await _server.Anyone.SendAsync("GET /products?sort=name&limit=1")).ShouldBeOkAsync();
        await RouteAsync(100);
        _server.ReadModel.Lists.Now = Fault.Fails;

        var rest = await (await _server.Anyone.SendAsync($"GET /products?sort=name&cursor={page["next"]}")).ShouldBeOkAsync();

        Assert.Equal(["Three", "Two"], rest["items"]!.AsArray().Select(item => (string)item!["name"]!));
    }

    [Fact]
    public async Task Readers_of_a_second_version_that_is_behind_get_its_document_from_events()
    {
        var id = await _server.Shop.CreateAsync();
        await RouteAsync(100);
        await _server.Shop.HappenAsync(id, [Price(100, 80)], logged: false, projected: false);

        var reading = _server.Anyone.SendAsync($"GET /products/{id}?atLeastVersion=2");
        await _server.ReadModelV2.Items.PassedAsync();
        var behind = await _server.PassTimeUntilAsync(reading);
        _server.ReadModelV2.Items.Now = Fault.Fails;
        var away = await ReadAsync(id);

        foreach (var answer in new[] { behind, away })
        {
            Assert.Equal([100m, 80m], (await answer.ShouldBeOkAsync())["priceHistory"]!.AsArray().Select(point => (decimal)point!["amount"]!));
            Assert.Equal(("event-store", "\"2.v2\""), (answer.Header("X-Answered-From"), answer.Header("ETag")));
        }
    }

    [Fact]
    public async Task What_was_is_told_in_the_routed_version()
    {
        var id = await _server.Shop.CreateAsync();
        await _server.Shop.HappenAsync(id, [Price(100, 80), Price(80, 70)]);
        await RouteAsync(100);

        var then = await (await _server.Anyone.SendAsync($"GET /products/{id}?version=2")).ShouldBeOkAsync();

        Assert.Equal((2, 80m, 2), (then.VersionOf(), then.PriceOf(), then["priceHistory"]!.AsArray().Count));
    }

    [Fact]
    public async Task A_product_that_the_second_version_lacks_is_answered_from_the_first()
    {
        var id = Guid.NewGuid();
        await RouteAsync(100);
        await _server.Shop.HappenAsync(id, [Headphones()], projected: false);
        var events = (await _server.Log.Inner.ReadStreamsAsync([ProductStreams.IdOf(id)], HistoryBounds.Everything, Ct))[ProductStreams.IdOf(id)];
        Assert.True(await _server.ReadModel.Inner.SaveAsync(new ProductProjection().Fold(events)!, null, Ct));

        Assert.Equal("\"1\"", (await ReadAsync(id)).Header("ETag"));
        await (await ReadAsync(Guid.NewGuid())).ShouldBeProblemAsync(404, "product_not_found");
    }

    [Fact]
    public async Task A_route_to_a_version_that_this_code_does_not_know_answers_nobody()
    {
        var id = await _server.Shop.CreateAsync();
        await _server.Routes.SetAsync(ShopReadModels.Products, new ReadModelRoute("products-v3", 100, []), Ct);

        Assert.Equal("\"1\"", (await ReadAsync(id)).Header("ETag"));
    }

    [Fact]
    public async Task While_the_routes_cannot_be_read_readers_are_answered_as_before()
    {
        var id = await _server.Shop.CreateAsync();
        await RouteAsync(100);
        Assert.Equal("\"1.v2\"", (await ReadAsync(id)).Header("ETag"));

        _server.Routes.Faults.Now = Fault.Fails;
        _server.Time.Advance(CurrentRoutes.Fresh);

        Assert.Equal("\"1.v2\"", (await ReadAsync(id)).Header("ETag"));
        Assert.Equal(2, _server.Routes.Faults.Calls);
    }

    [Fact]
    public async Task Once_the_first_version_is_retired_everything_is_told_of_the_second()
    {
        var id = await _server.Shop.CreateAsync();
        await _server.Shop.HappenAsync(id, [Price(100, 80)]);
        await RouteAsync(100);
        await _server.Routes.SetAsync(ShopReadModels.Products, new ReadModelRoute(ShopReadModels.ProductsV2, 100, []) { IsFinal = true }, Ct);
        (_server.ReadModel.Items.Now, _server.ReadModel.Lists.Now) = (Fault.Fails, Fault.Fails);

        Assert.Equal("\"2.v2\"", (await ReadAsync(id)).Header("ETag"));
        foreach (var list in (string[])["/products?category=audio", "/products/search?q=wireless"])
            Assert.Equal(80, (decimal)Assert.Single((await (await _server.Anyone.SendAsync($"GET {list}")).ShouldBeOkAsync())["items"]!.AsArray())!["currentPrice"]!);
        await (await _server.ClientOf(ShopInMemory.Seller.Id).SendAsync($"GET /products/{id}/reviews/pending")).ShouldBeOkAsync();
    }

    [Fact]
    public async Task Before_the_routes_could_ever_be_read_nothing_is_said_not_to_be_there()
    {
        var id = Guid.NewGuid();
        await _server.Shop.HappenAsync(id, [Headphones()], projected: false);
        _server.Routes.Faults.Now = Fault.Fails;

        Assert.Equal("event-store", (await ReadAsync(id)).Header("X-Answered-From"));
        await (await _server.Anyone.SendAsync("GET /products?category=audio")).ShouldBeProblemAsync(503, "unavailable");

        _server.Routes.Faults.Now = Fault.None;
        _server.Time.Advance(CurrentRoutes.Fresh);
        await (await ReadAsync(Guid.NewGuid())).ShouldBeProblemAsync(404, "product_not_found");
        await (await _server.Anyone.SendAsync("GET /products?category=audio")).ShouldBeOkAsync();
    }

    private Task RouteAsync(int percent, params int[] named)
    {
        _server.Time.Advance(CurrentRoutes.Fresh);
        return _server.Routes.SetAsync(ShopReadModels.Products, new ReadModelRoute(ShopReadModels.ProductsV2, percent, named), Ct);
    }

    private Task<HttpResponseMessage> ReadAsync(Guid id, string? bucket = null) => _server.Anyone.SendAsync($"GET /products/{id}", bucket is null ? [] : [(RequestBucket.Header, bucket)]);
}
