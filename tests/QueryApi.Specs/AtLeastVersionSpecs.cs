using ServerlessCqrs.QueryApi.Specs.Playground;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Orders;
using static ServerlessCqrs.QueryApi.Specs.Playground.ShopInMemory;

namespace ServerlessCqrs.QueryApi.Specs;

public sealed class AtLeastVersionSpecs : IDisposable
{
    private readonly QueryServer _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task What_the_read_model_has_is_answered_at_once()
    {
        var id = await _server.Shop.CreateAsync();
        var answer = await _server.Anyone.SendAsync($"GET /products/{id}?atLeastVersion=1");
        Assert.Equal(1, (await answer.ShouldBeOkAsync()).VersionOf());
        Assert.Equal(("no-store, stale-if-error=0", null), (answer.Header("Cache-Control"), answer.Header("X-Answered-From")));
    }

    [Fact]
    public async Task It_waits_for_the_read_model()
    {
        var id = await _server.Shop.CreateAsync();
        await _server.Shop.HappenAsync(id, [Price(100, 80)], projected: false);
        var reading = _server.Anyone.SendAsync($"GET /products/{id}?atLeastVersion=2");
        await _server.ReadModel.Items.PassedAsync();
        await _server.Shop.ProjectAsync(id);
        var answer = await _server.PassTimeUntilAsync(reading);
        Assert.Equal(80, (await answer.ShouldBeOkAsync()).PriceOf());
        Assert.Equal(("no-store, stale-if-error=0", null), (answer.Header("Cache-Control"), answer.Header("X-Answered-From")));
        Assert.Equal(0, _server.Log.Faults.Calls);
    }

    [Fact]
    public async Task Then_it_answers_from_log_and_tip_and_says_so()
    {
        var id = await _server.Shop.CreateAsync();
        await _server.Shop.HappenAsync(id, [Price(100, 80)], logged: false, projected: false);
        var start = _server.Time.GetTimestamp();
        var reading = _server.Anyone.SendAsync($"GET /products/{id}?atLeastVersion=2");
        await _server.ReadModel.Items.PassedAsync();
        var answer = await _server.PassTimeUntilAsync(reading);
        Assert.Equal((2, 80m), ((await answer.ShouldBeOkAsync()).VersionOf(), (await answer.ShouldBeOkAsync()).PriceOf()));
        Assert.Equal(("no-store, stale-if-error=0", "event-store", null), (answer.Header("Cache-Control"), answer.Header("X-Answered-From"), answer.Header("X-May-Lack")));
        Assert.True(_server.Time.GetElapsedTime(start) >= TimeSpan.FromMilliseconds(900), "It did not wait.");
    }

    [Trait("Guarantee", "DynamoDB → QueryApi: `atLeastVersion` never returns an older version")]
    [Fact]
    public async Task Version_that_is_nowhere_is_503_and_never_an_older_one()
    {
        var id = await _server.Shop.CreateAsync();
        var answer = await _server.PassTimeUntilAsync(_server.Anyone.SendAsync($"GET /products/{id}?atLeastVersion=2"));
        await answer.ShouldBeProblemAsync(503, "version_not_reached");
    }

    [Theory]
    [InlineData("2002")]
    [InlineData("1000000000000000")]
    [InlineData("9223372036854775807")]
    public async Task Version_far_beyond_the_tip_is_400_without_waiting(string version)
    {
        var (id, order) = (await _server.Shop.CreateAsync(), Guid.NewGuid());
        await _server.Shop.HappenAsync(OrderStreams.IdOf(order), [new OrderCreated("ann", [new OrderLine(id, 2)], Email: null, _server.Time.GetUtcNow())]);

        // Time does not advance, so a request that waited would wait forever.
        await (await _server.Anyone.SendAsync($"GET /products/{id}?atLeastVersion={version}")).ShouldBeProblemAsync(400, "version_too_far");
        await (await _server.ClientOf("ann", ShopRoles.Customer).SendAsync($"GET /orders/{order}?atLeastVersion={version}")).ShouldBeProblemAsync(400, "version_too_far");
    }

    [Theory]
    [InlineData(2000, true)]
    [InlineData(2001, false)]
    public async Task Strangers_order_is_as_far_from_a_version_as_no_order(long version, bool isNear)
    {
        var id = await _server.Shop.CreateAsync();
        var bob = _server.ClientOf("bob", ShopRoles.Customer);
        foreach (var order in new[] { await _server.Shop.OrderAsync("ann", id), Guid.NewGuid() })
        {
            var answer = await _server.PassTimeUntilAsync(bob.SendAsync($"GET /orders/{order}?atLeastVersion={version}"));
            await answer.ShouldBeProblemAsync(isNear ? 404 : 400, isNear ? "order_not_found" : "version_too_far");
        }
    }

    [Fact]
    public async Task While_the_read_model_is_away_a_version_far_beyond_the_tip_is_400_too()
    {
        var id = await _server.Shop.CreateAsync();
        _server.ReadModel.Items.Now = Fault.Fails;
        await (await _server.Anyone.SendAsync($"GET /products/{id}?atLeastVersion=10000")).ShouldBeProblemAsync(400, "version_too_far");
    }

    [Theory]
    [InlineData("/products/{id}?atLeastVersion=-1", "version_invalid")]
    [InlineData("/products/{id}?atLeastVersion=0", "version_invalid")]
    [InlineData("/products/{id}?atLeastVersion=9223372036854775808", "version_invalid")]
    [InlineData("/products/{id}?atLeastVersion=1.0", "version_invalid")]
    [InlineData("/products?atLeastVersion=1", "parameter_unknown")]
    [InlineData("/products/search?q=loud&atLeastVersion=1", "parameter_unknown")]
    [InlineData("/products/{id}/reviews?atLeastVersion=1", "parameter_unknown")]
    public async Task What_is_no_version_or_no_single_stream_is_400(string path, string code)
    {
        var id = await _server.Shop.CreateAsync();
        await (await _server.Anyone.SendAsync($"GET {path.Replace("{id}", id.ToString(), StringComparison.Ordinal)}")).ShouldBeProblemAsync(400, code);
    }

    [Fact]
    public async Task While_the_tips_are_away_a_log_that_is_short_is_503()
    {
        var id = await _server.Shop.CreateAsync();
        await _server.Shop.HappenAsync(id, [Price(100, 80)], logged: false, projected: false);
        _server.Tips.Faults.Now = Fault.Fails;
        var answer = await _server.PassTimeUntilAsync(_server.Anyone.SendAsync($"GET /products/{id}?atLeastVersion=2"));
        await answer.ShouldBeProblemAsync(503, "version_not_reached");
    }

    [Fact]
    public async Task While_the_read_model_is_away_nobody_waits_for_it()
    {
        var id = await _server.Shop.CreateAsync();
        _server.ReadModel.Items.Now = Fault.Fails;
        var answer = await _server.Anyone.SendAsync($"GET /products/{id}?atLeastVersion=1");
        Assert.Equal(1, (await answer.ShouldBeOkAsync()).VersionOf());
        Assert.Equal("event-store", answer.Header("X-Answered-From"));
    }
}
