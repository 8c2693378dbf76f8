using ServerlessCqrs.EventStore;
using ServerlessCqrs.Projections;
using ServerlessCqrs.QueryApi.Specs.Playground;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.ShopViews.Products;
using ServerlessCqrs.Web.Degradation;
using static ServerlessCqrs.QueryApi.Specs.Playground.ShopInMemory;

namespace ServerlessCqrs.QueryApi.Specs;

public sealed class DegradationSpecs : IDisposable
{
    private readonly QueryServer _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task While_the_read_model_fails_products_come_from_the_event_store()
    {
        var id = await _server.Shop.CreateAsync();
        await _server.Shop.HappenAsync(id, [Price(100, 80)], logged: false);
        var usual = await (await ReadAsync(id)).TextAsync();
        _server.ReadModel.Items.Now = Fault.Fails;
        var answer = await ReadAsync(id);
        Assert.Equal(80, (await answer.ShouldBeOkAsync()).PriceOf());
        Assert.Equal(usual, await answer.TextAsync());
        Assert.Equal(("no-store, stale-if-error=0", "event-store", "reviews"), (answer.Header("Cache-Control"), answer.Header("X-Answered-From"), answer.Header("X-May-Lack")));
        await (await ReadAsync(Guid.NewGuid())).ShouldBeProblemAsync(404, "product_not_found");
    }

    [Fact]
    public async Task A_product_whose_item_cannot_be_read_comes_from_the_event_store()
    {
        var id = await _server.Shop.CreateAsync();
        var stored = (await _server.ReadModel.Inner.LoadAsync([ProductStreams.IdOf(id)], default)).Values.Single();
        await _server.ReadModel.SaveAsync(new ReadModelItem<ProductDocument>(ProductStreams.IdOf(id), 1, null, default) { Fault = new FormatException("no JSON") }, stored, default);
        var answer = await ReadAsync(id);
        Assert.Equal(100, (await answer.ShouldBeOkAsync()).PriceOf());
        Assert.Equal("event-store", answer.Header("X-Answered-From"));
    }

    [Fact]
    public async Task A_read_model_that_hangs_is_given_300_milliseconds()
    {
        var id = await _server.Shop.CreateAsync();
        _server.ReadModel.Items.Now = Fault.Hangs;
        var reading = ReadAsync(id);
        await _server.ReadModel.Items.HangingAsync();
        Assert.False(reading.IsCompleted);
        _server.Time.Advance(TimeSpan.FromMilliseconds(300));
        Assert.Equal("event-store", (await reading).Header("X-Answered-From"));
        Assert.Equal(1, (await (await reading).ShouldBeOkAsync()).VersionOf());
    }

    [Fact]
    public async Task While_all_of_DynamoDB_is_away_the_log_alone_answers_and_says_what_it_may_lack()
    {
        var id = await _server.Shop.CreateAsync();
        await _server.Shop.HappenAsync(id, [Price(100, 80)], logged: false);
        (_server.ReadModel.Items.Now, _server.Tips.Faults.Now) = (Fault.Fails, Fault.Fails);
        var answer = await ReadAsync(id);
        Assert.Equal(100, (await answer.ShouldBeOkAsync()).PriceOf());
        Assert.Equal(("no-store, stale-if-error=0", "event-store", "newest-commit, reviews"), (answer.Header("Cache-Control"), answer.Header("X-Answered-From"), answer.Header("X-May-Lack")));
    }

    [Fact]
    public async Task What_the_log_alone_does_not_know_may_exist_all_the_same()
    {
        var id = Guid.NewGuid();
        await _server.Shop.HappenAsync(id, [Headphones()], logged: false);
        (_server.ReadModel.Items.Now, _server.Tips.Faults.Now) = (Fault.Fails, Fault.Fails);
        await (await ReadAsync(id)).ShouldBeProblemAsync(503, "unavailable");
        await (await _server.Anyone.SendAsync($"GET /products/{id}?version=1")).ShouldBeProblemAsync(503, "unavailable");
    }

    [Fact]
    public async Task While_the_log_is_away_too_it_is_503()
    {
        var id = await _server.Shop.CreateAsync();
        (_server.ReadModel.Items.Now, _server.Log.Faults.Now) = (Fault.Fails, Fault.Fails);
        await (await ReadAsync(id)).ShouldBeProblemAsync(503, "unavailable");
        await (await _server.Anyone.SendAsync($"GET /products/{id}?version=1")).ShouldBeProblemAsync(503, "unavailable");
    }

    [Theory]
    [InlineData("ProductPriceUpdated", 100)]
    [InlineData("ProductFeatured", 1)]
    public async Task What_newer_code_wrote_is_503_until_this_code_is_newer_too(string type, int version)
    {
        var id = await _server.Shop.CreateAsync();
        var newer = EventRecord.Of(ShopContracts.Events, ProductStreams.IdOf(id), 2, Price(100, 80), Guid.NewGuid(), 0, Seller, _server.Time.GetUtcNow()) with { Type = type, TypeVersion = version };
        await _server.Log.AppendAsync([newer], [], default);
        await (await _server.Anyone.SendAsync($"GET /products/{id}?version=2")).ShouldBeProblemAsync(503, "unavailable");
        await (await _server.Anyone.SendAsync($"GET /products/{id}?version=1")).ShouldBeOkAsync();
    }

    [Trait("Guarantee", "DynamoDB → QueryApi: products are answered while DynamoDB is down, and the service recovers by itself")]
    [Fact]
    public async Task After_failures_the_read_model_is_left_alone_and_then_tried_again()
    {
        var id = await _server.Shop.CreateAsync();
        var calls = _server.ReadModel.Items;
        calls.Now = Fault.Fails;
        for (var i = 0; i < Dependency.MinimumCalls + 5; i++) await (await ReadAsync(id)).ShouldBeOkAsync();
        Assert.Equal(Dependency.MinimumCalls, calls.Calls);

        _server.Time.Advance(Dependency.Pause + TimeSpan.FromMilliseconds(1));
        Assert.Equal("event-store", (await ReadAsync(id)).Header("X-Answered-From"));
        Assert.Equal("event-store", (await ReadAsync(id)).Header("X-Answered-From"));
        Assert.Equal(Dependency.MinimumCalls + 1, calls.Calls);

        calls.Now = Fault.None;
        Assert.Equal("event-store", (await ReadAsync(id)).Header("X-Answered-From"));
        _server.Time.Advance(Dependency.Pause + TimeSpan.FromMilliseconds(1));
        for (var i = 0; i < 3; i++)
        {
            var answer = await ReadAsync(id);
            Assert.Null(answer.Header("X-Answered-From"));
            Assert.Equal("public, max-age=0, s-maxage=10, stale-if-error=0", CacheSpecs.CacheControlOf(answer));
        }
    }

    [Fact]
    public async Task Half_open_it_is_tried_by_one_request_at_a_time()
    {
        var id = await _server.Shop.CreateAsync();
        var calls = _server.ReadModel.Items;
        calls.Now = Fault.Fails;
        for (var i = 0; i < Dependency.MinimumCalls; i++) await ReadAsync(id);
        _server.Time.Advance(Dependency.Pause + TimeSpan.FromMilliseconds(1));
        calls.Now = Fault.Hangs;
        var probe = ReadAsync(id);
        await calls.HangingAsync();
        Assert.Equal("event-store", (await ReadAsync(id)).Header("X-Answered-From"));
        Assert.Equal(Dependency.MinimumCalls + 1, calls.Calls);
        _server.Time.Advance(TimeSpan.FromMilliseconds(300));
        Assert.Equal("event-store", (await probe).Header("X-Answered-From"));
    }

    [Fact]
    public async Task A_list_that_fails_or_hangs_is_503_and_recovers()
    {
        await _server.Shop.CreateAsync();
        _server.ReadModel.Lists.Now = Fault.Hangs;
        var hanging = _server.Anyone.SendAsync("GET /products");
        await _server.ReadModel.Lists.HangingAsync();
        _server.Time.Advance(TimeSpan.FromSeconds(2));
        await (await hanging).ShouldBeProblemAsync(503, "unavailable");
        _server.ReadModel.Lists.Now = Fault.Fails;
        for (var i = 0; i < 5; i++) await (await _server.Anyone.SendAsync("GET /products")).ShouldBeProblemAsync(503, "unavailable");
        Assert.Equal(Dependency.MinimumCalls, _server.ReadModel.Lists.Calls);
        _server.ReadModel.Lists.Now = Fault.None;
        _server.Time.Advance(Dependency.Pause + TimeSpan.FromMilliseconds(1));
        Assert.Single((await (await _server.Anyone.SendAsync("GET /products")).ShouldBeOkAsync())["items"]!.AsArray());
    }

    private Task<HttpResponseMessage> ReadAsync(Guid id) => _server.Anyone.SendAsync($"GET /products/{id}");
}
