using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using ServerlessCqrs.QueryApi.Specs.Playground;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Orders;
using ServerlessCqrs.Web.Degradation;
using static ServerlessCqrs.QueryApi.Specs.Playground.ShopInMemory;

namespace ServerlessCqrs.QueryApi.Specs;

/// <summary>Public requests that read tips and log do not slow down other requests.</summary>
public sealed class LaneSpecs : IDisposable
{
    private readonly QueryServer _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task Anonymous_lists_of_the_past_leave_everybody_elses_answers_whole()
    {
        var product = await ShopOfThreeAsync();
        var order = await _server.Shop.OrderAsync("ann", product, projected: false);
        await _server.Shop.ApplyAsync(product, Price(100, 80), logged: false);
        _server.Tips.Several.Now = Fault.Hangs;
        for (var round = 0; round < 2; round++)
            await _server.PassTimeUntilAsync(Task.WhenAll(Enumerable.Range(0, 6).Select(_ => _server.Anyone.SendAsync($"GET {ListOfThePast}"))));

        var history = await _server.ClientOf(Seller.Id).SendAsync($"GET /products/{product}/history");
        Assert.Equal(2, (int)(await history.ShouldBeOkAsync())["items"]![0]!["version"]!);
        Assert.Null(history.Header("X-May-Lack"));
        var past = await _server.Anyone.SendAsync($"GET /products/{product}?version=2");
        Assert.Equal(80, (await past.ShouldBeOkAsync()).PriceOf());
        Assert.Null(past.Header("X-May-Lack"));
        await (await _server.ClientOf("ann", ShopRoles.Customer).SendAsync($"GET /orders/{order}")).ShouldBeOkAsync();
        var prices = await _server.Anyone.SendAsync($"GET /products/{product}/prices");
        await prices.ShouldBeOkAsync();
        Assert.Null(prices.Header("X-May-Lack"));
        Assert.Equal("ok", (string?)(await (await _server.Anyone.SendAsync("GET /health")).ShouldBeOkAsync())["status"]);
    }

    [Fact]
    public async Task Lists_of_the_past_for_callers_with_a_token_have_circuits_of_their_own()
    {
        var product = await ShopOfThreeAsync();
        foreach (var _ in Enumerable.Range(0, 2)) await _server.Shop.OrderAsync("ann", product);
        _server.Tips.Several.Now = Fault.Fails;
        for (var i = 0; i < Dependency.MinimumCalls + 1; i++) await (await _server.Anyone.SendAsync($"GET {ListOfThePast}")).ShouldBeProblemAsync(503, "unavailable");
        _server.Tips.Several.Now = Fault.None;

        var answer = await _server.ClientOf("ann", ShopRoles.Customer).SendAsync($"GET /users/me/orders?asOf={Now}");

        Assert.Equal(2, (await answer.ShouldBeOkAsync())["items"]!.AsArray().Count);
    }

    [Fact]
    public async Task More_lists_of_the_past_at_once_than_there_are_places_for_are_429()
    {
        await ShopOfThreeAsync();
        _server.Tips.Several.Now = Fault.Hangs;
        var running = new[] { _server.Anyone.SendAsync($"GET {ListOfThePast}"), _server.Anyone.SendAsync($"GET {ListOfThePast}") };
        await _server.Tips.Several.HangingAsync();
        await _server.Tips.Several.HangingAsync();
        var more = Enumerable.Range(0, 5).Select(_ => _server.Anyone.SendAsync($"GET {ListOfThePast}")).ToList();

        // Four requests wait, and one is refused immediately.
        var refused = await await Task.WhenAny(more);

        Assert.Equal((429, "2", "no-store"), ((int)refused.StatusCode, refused.Header("Retry-After"), refused.Header("Cache-Control")));
        Assert.Contains("too_many_reads", await refused.TextAsync(), StringComparison.Ordinal);
        Assert.Equal(2, _server.Tips.Several.Calls);
        var answers = await _server.PassTimeUntilAsync(Task.WhenAll([.. running, .. more]));
        Assert.All(answers, answer => Assert.Contains((int)answer.StatusCode, (int[])[429, 503]));
        _server.Tips.Several.Now = Fault.None;
        _server.Time.Advance(Dependency.Pause + TimeSpan.FromMilliseconds(1));
        await (await _server.Anyone.SendAsync($"GET {ListOfThePast}")).ShouldBeOkAsync();
    }

    [Theory]
    [InlineData(1, 300)]
    [InlineData(100, 300)]
    [InlineData(101, 400)]
    [InlineData(3_500, 3_700)]
    public async Task Time_limit_grows_with_the_streams_that_are_read(int streams, int milliseconds)
    {
        var time = new FakeTimeProvider();
        var tips = new Dependencies(time, NullLogger<Dependencies>.Instance).Tips;
        var reading = tips.CallAsync(async token =>
        {
            await Task.Delay(TimeSpan.FromMilliseconds(milliseconds - 1), time, token);
            return true;
        }, TestContext.Current.CancellationToken, streams);
        time.Advance(TimeSpan.FromMilliseconds(milliseconds - 1));
        Assert.True(await reading);

        var late = tips.CallAsync(async token =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, time, token);
            return true;
        }, TestContext.Current.CancellationToken, streams);
        time.Advance(TimeSpan.FromMilliseconds(milliseconds));
        await Assert.ThrowsAsync<DependencyAwayException>(() => late);
    }

    private string Now => _server.Time.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private string ListOfThePast => $"/products?category=audio&asOf={Now}";

    private async Task<Guid> ShopOfThreeAsync()
    {
        var product = Guid.NewGuid();
        await _server.Shop.ApplyAsync(product, Headphones());
        await _server.Shop.CreateAsync();
        await _server.Shop.CreateAsync();
        return product;
    }
}
