using ServerlessCqrs.EventStore;
using ServerlessCqrs.Projections;
using ServerlessCqrs.Projections.Lag;
using ServerlessCqrs.Projections.Stores;
using ServerlessCqrs.ReadModels.Specs.Given;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Watches;
using ServerlessCqrs.ShopViews;
using ServerlessCqrs.ShopViews.Products;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.ReadModels.Specs.Lag;

public sealed class SyncLagSpecs
{
    private static readonly DateTimeOffset Now = Story.Start.AddHours(1);
    private readonly TestLog _log = new() { Now = Now };
    private readonly ReadModelStores _stores = ReadModelStores.InMemory(ShopReadModels.All);
    private readonly InMemoryLagWatermarks _watermarks = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_empty_log_has_no_lag() => Assert.Equal(new LagReport("products-v1", 0, 0, null), await ObserveAsync());

    [Fact]
    public async Task Nothing_unapplied_is_no_lag_however_old_the_events()
    {
        var story = new Story(1).Price(90);
        Arrive(story, Now.AddMinutes(-30));
        await ApplyAsync(story);

        Assert.Equal(0, (await ObserveAsync()).LagMs);
        Assert.Equal(Now.AddMinutes(-30), await _watermarks.FindAsync("products-v1", Ct));
    }

    [Fact]
    public async Task The_lag_is_the_age_of_the_unapplied_event_that_arrived_first()
    {
        var (older, newer) = (new Story(1).Price(90), new Story(2).Price(90));
        Arrive(older, Now.AddSeconds(-10));
        Arrive(newer, Now.AddSeconds(-20));
        await ApplyAsync(older, through: 1);

        var report = await ObserveAsync();

        Assert.Equal(new LagReport("products-v1", 20_000, 2, newer.Stream), report);
    }

    [Fact]
    public async Task A_lost_message_shows_until_it_is_repaired_however_much_is_applied_after_it()
    {
        var lost = new Story(1).Price(90);
        await ApplyAsync(lost, through: 1);
        Arrive(lost, Now.AddMinutes(-10));
        var lag = Lag();
        for (var number = 2; number < 50; number++)
        {
            var story = new Story(number);
            Arrive(story, Now.AddMinutes(-10).AddSeconds(10 * number));
            await ApplyAsync(story);
            Assert.Equal((1, lost.Stream), ((await lag.ObserveAsync(Ct)).BehindStreams, (await lag.ObserveAsync(Ct)).Oldest!.Value));
        }

        Assert.True(await _watermarks.FindAsync("products-v1", Ct) < Now.AddMinutes(-10));

        await _stores.Of(ShopReadModels.ProductDocuments).SaveAsync(new ProductProjection().Fold(lost.Events)!, new ProductProjection().Fold([lost[1]]), Ct);
        Assert.Equal(0, (await lag.ObserveAsync(Ct)).LagMs);
    }

    [Fact]
    public async Task An_insert_that_is_seen_late_is_not_missed()
    {
        var (early, late) = (new Story(1), new Story(2));
        Arrive(early, Now.AddSeconds(-10));
        await ApplyAsync(early);
        var lag = Lag();
        Assert.Equal(0, (await lag.ObserveAsync(Ct)).LagMs);

        Arrive(late, Now.AddSeconds(-10) - SyncLag.Overlap + TimeSpan.FromMilliseconds(1));

        Assert.Equal(late.Stream, (await lag.ObserveAsync(Ct)).Oldest);
    }

    [Fact]
    public async Task Another_observer_goes_on_where_the_last_one_was()
    {
        var lost = new Story(1);
        Arrive(lost, Now.AddMinutes(-10));
        await _watermarks.RaiseAsync("products-v1", Now.AddMinutes(-5), Ct);

        Assert.Equal(0, (await ObserveAsync()).BehindStreams);
    }

    [Fact]
    public async Task Streams_of_other_categories_are_no_lag()
    {
        var watch = StreamId.Of("watch", "x");
        _log.Arrive(EventRecord.Of(ShopContracts.Events, watch, 1, new PriceUnwatched(Guid.Empty, "x"), Guid.NewGuid(), 0, new Actor("x", ShopRoles.Customer), Story.Start), Now.AddMinutes(-1));

        Assert.Equal(0, (await ObserveAsync()).LagMs);
        Assert.Equal(Now.AddMinutes(-1), await _watermarks.FindAsync("products-v1", Ct));
    }

    [Fact]
    public async Task Event_whose_time_lies_ahead_has_the_lag_of_its_arrival()
    {
        var ahead = new Story(4000);
        Assert.True(ahead[1].At > Now);
        Arrive(ahead, Now.AddSeconds(-30));

        Assert.Equal(new LagReport("products-v1", 30_000, 1, ahead.Stream), await ObserveAsync());
    }

    [Fact]
    public async Task Event_that_the_log_dates_ahead_of_its_own_clock_is_no_negative_lag()
    {
        Arrive(new Story(1), Now.AddSeconds(1));

        Assert.Equal((0, 1), ((await ObserveAsync()).LagMs, (await ObserveAsync()).BehindStreams));
    }

    [Fact]
    public async Task A_burst_of_more_than_a_page_at_one_moment_is_seen_whole()
    {
        var last = new Story(1).Price(90);
        for (var number = 2; number < SyncLag.PageSize + 500; number++)
        {
            var story = new Story(number);
            Arrive(story, Now.AddSeconds(-3));
            await ApplyAsync(story);
        }

        Arrive(last, Now.AddSeconds(-3));

        Assert.Equal((1, last.Stream), ((await ObserveAsync()).BehindStreams, (await ObserveAsync()).Oldest!.Value));
    }

    [Fact]
    public async Task A_log_too_long_for_one_look_is_lag_until_it_was_looked_at()
    {
        for (var number = 1; number <= 21; number++)
        {
            var story = new Story(number);
            for (var price = 0; price < SyncLag.PageSize - 1; price++) story.Price(50 + price % 40);
            foreach (var e in story.Events) _log.Arrive(e, Now.AddHours(-1).AddMilliseconds(SyncLag.PageSize * number + e.Version));
            await ApplyAsync(story);
        }

        var lag = Lag();
        Assert.NotEqual(0, (await lag.ObserveAsync(Ct)).LagMs);
        Assert.Equal(0, (await lag.ObserveAsync(Ct)).LagMs);
    }

    private void Arrive(Story story, DateTimeOffset at)
    {
        foreach (var e in story.Events) _log.Arrive(e, at);
    }

    private Task ApplyAsync(Story story, long through = long.MaxValue) =>
        _stores.Of(ShopReadModels.ProductDocuments).SaveAsync(new ProductProjection().Fold(story.Events.Where(e => e.Version <= through))!, null, Ct);

    private SyncLag Lag() => new(ShopReadModels.All.Over(_stores, _log.Reader)[ShopReadModels.ProductsV1], _log, _watermarks, _watermarks);

    private Task<LagReport> ObserveAsync() => Lag().ObserveAsync(Ct);
}
