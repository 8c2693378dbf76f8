using Microsoft.Extensions.Time.Testing;
using ServerlessCqrs.Projections.Routing;
using ServerlessCqrs.ShopViews;

namespace ServerlessCqrs.ReadModels.Specs.Routing;

public sealed class CurrentRoutesSpecs : IReadModelRoutes
{
    private static readonly ReadModelRoute Half = new(ShopReadModels.ProductsV2, 50, []);

    private readonly FakeTimeProvider _clock = new();
    private readonly CurrentRoutes _routes;
    private Func<CancellationToken, Task<IReadOnlyDictionary<string, ReadModelRoute>>> _read = _ => Says(null);
    private int _readings;

    public CurrentRoutesSpecs() => _routes = new CurrentRoutes(this, _clock);

    [Fact]
    public async Task A_process_goes_by_what_it_read_for_two_seconds_and_not_a_moment_longer()
    {
        Assert.Null(await NowAsync());
        _read = _ => Says(Half);

        _clock.Advance(CurrentRoutes.Fresh - TimeSpan.FromMilliseconds(1));
        Assert.Null(await NowAsync());
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(Half, await NowAsync());
        Assert.Equal(2, _readings);
    }

    [Fact]
    public async Task Latest_known_routes_hold_while_they_cannot_be_read_for_two_seconds()
    {
        _read = _ => Says(Half);
        Assert.Equal(Half, await NowAsync());

        _read = _ => throw new IOException("The table is unavailable.");
        for (var look = 0; look < 3; look++)
        {
            _clock.Advance(CurrentRoutes.Fresh);
            Assert.Equal(Half, await NowAsync());
            Assert.Equal(Half, await NowAsync());
        }

        Assert.Equal(4, _readings);
        _read = _ => Says(null);
        _clock.Advance(CurrentRoutes.Fresh);
        Assert.Null(await NowAsync());
    }

    [Fact]
    public async Task Readers_share_a_hanging_read_and_wait_at_most_300_milliseconds()
    {
        _read = _ => Says(Half);
        await NowAsync();
        _clock.Advance(CurrentRoutes.Fresh);
        // Ignores its cancellation token.
        _read = async _ =>
        {
            await Task.Delay(Timeout.Infinite, TestContext.Current.CancellationToken);
            return new Dictionary<string, ReadModelRoute>();
        };

        var (one, other) = (NowAsync(), NowAsync());
        _clock.Advance(CurrentRoutes.Limit - TimeSpan.FromMilliseconds(1));
        Assert.False(one.IsCompleted || other.IsCompleted);
        _clock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal((Half, Half), (await one, await other));
        Assert.Equal(2, _readings);
    }

    [Fact]
    public async Task Before_the_routes_could_be_read_for_the_first_time_nobody_is_routed()
    {
        _read = _ => throw new IOException("The table is unavailable.");

        Assert.Null(await NowAsync());
    }

    Task<IReadOnlyDictionary<string, ReadModelRoute>> IReadModelRoutes.ReadAsync(CancellationToken ct)
    {
        _readings++;
        return _read(ct);
    }

    Task IReadModelRoutes.SetAsync(string name, ReadModelRoute route, CancellationToken ct) => throw new NotSupportedException();

    Task IReadModelRoutes.RemoveAsync(string name, CancellationToken ct) => throw new NotSupportedException();

    private Task<ReadModelRoute?> NowAsync() => _routes.OfAsync(ShopReadModels.Products).AsTask();

    private static Task<IReadOnlyDictionary<string, ReadModelRoute>> Says(ReadModelRoute? route) =>
        Task.FromResult<IReadOnlyDictionary<string, ReadModelRoute>>(route is null ? new Dictionary<string, ReadModelRoute>() : new Dictionary<string, ReadModelRoute> { [ShopReadModels.Products] = route });
}
