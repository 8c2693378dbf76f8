using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Operating.Commands;
using ServerlessCqrs.Operating.Recovery;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Operator.Specs.Recovery;

/// <summary>
/// After a restore of either store, or of both, log and tips match again, and every decision is repeated with the same
/// result.
/// </summary>
public sealed class StoreRecoverySpecs
{
    private readonly DrillShop _shop = new();

    [Fact]
    public async Task Stores_that_agree_are_left_as_they_are()
    {
        await FirstHalfAsync();
        await SecondHalfAsync();
        var before = await _shop.CopyTipsAsync();

        var report = await _shop.RecoverAsync();

        Assert.True(report.IsClean);
        Assert.False(report.HasWork);
        await foreach (var tip in _shop.Tips.ScanAsync(default)) Assert.Same(await before.FindAsync(tip.Stream, default), tip);
    }

    [Trait("Guarantee", "repair: after a restore of log or tips, every kept decision is repeated under the same ids")]
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(100)]
    public async Task Log_of_an_earlier_instant_gets_every_decision_again(int batch)
    {
        _shop.BatchSize = batch;
        await FirstHalfAsync();
        var yesterday = await _shop.CopyLogAsync();
        await SecondHalfAsync();
        var decided = await _shop.DecidedAsync();
        _shop.Log = yesterday;

        var report = await _shop.RecoverAndConsumeAsync();

        Assert.True(report.IsClean, Told(report));
        Assert.Empty(await _shop.FaultsAsync());
        Assert.Equal(decided, await _shop.DecidedAsync());
        Assert.False((await _shop.RecoverAsync()).HasWork);
    }

    [Fact]
    public async Task Newest_commit_that_only_the_tip_holds_goes_to_the_log_as_it_is()
    {
        _shop.BatchSize = 100;
        await _shop.DoAsync(_shop.Create());
        var yesterday = await _shop.CopyLogAsync();
        await _shop.DoAsync(_shop.Price(1, 80), _shop.Price(1, 10), _shop.Price(1, 70));
        var events = await _shop.Log.ReadAllAsync(null, default).ToListAsync();
        _shop.Log = yesterday;

        var report = await _shop.RecoverAsync();

        Assert.Equal((1, 0), (report.Of(StreamCondition.LogIncomplete), report.Tips));
        Assert.Equal(events, await _shop.Log.ReadAllAsync(null, default).ToListAsync());
        Assert.Empty(await _shop.FaultsAsync());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    public async Task Tips_of_an_earlier_instant_are_made_from_the_log(int batch)
    {
        _shop.BatchSize = batch;
        await FirstHalfAsync();
        var yesterday = await _shop.CopyTipsAsync();
        await SecondHalfAsync();
        var decided = await _shop.DecidedAsync();
        _shop.Tips = yesterday;

        var report = await _shop.RecoverAndConsumeAsync();

        Assert.True(report.IsClean, Told(report));
        Assert.Equal(0, report.Commands);
        Assert.Empty(await _shop.FaultsAsync());
        Assert.Equal(decided, await _shop.DecidedAsync());
        await _shop.DoAsync(_shop.Price(1, 66), _shop.Price(3, 66));
        Assert.Empty(await _shop.FaultsAsync());
    }

    [Fact]
    public async Task Tips_that_are_all_gone_are_made_from_the_log()
    {
        await FirstHalfAsync();
        await SecondHalfAsync();
        var decided = await _shop.DecidedAsync();
        _shop.Tips = new InMemoryStreamTips();

        await _shop.RecoverAsync();

        Assert.Empty(await _shop.FaultsAsync());
        Assert.Equal(decided, await _shop.DecidedAsync());
    }

    [Fact]
    public async Task Command_that_comes_again_after_its_tip_was_made_is_not_decided_again()
    {
        var (price, key) = (_shop.Price(1, 80, Guid.NewGuid()), Guid.NewGuid());
        await _shop.DoAsync(_shop.Create(), price, _shop.Price(1, 75, key));
        _shop.Tips = new InMemoryStreamTips();
        await _shop.RecoverAsync();

        await _shop.DoAsync(price, _shop.Price(1, 60, key), _shop.Price(1, 70));

        Assert.Empty(await _shop.FaultsAsync());
        Assert.Equal(["ProductCreated", "ProductPriceUpdated", "ProductPriceUpdated", "ProductPriceUpdated"], (await _shop.Log.ReadAllAsync(null, default).ToListAsync()).Select(e => e.Type));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Both_stores_of_earlier_instants_get_every_decision_again(bool tipsAreOlder)
    {
        await _shop.DoAsync(_shop.Create(1));
        var (log, tips) = (await _shop.CopyLogAsync(), await _shop.CopyTipsAsync());
        await FirstHalfAsync(from: 2);
        if (tipsAreOlder) log = await _shop.CopyLogAsync();
        else tips = await _shop.CopyTipsAsync();
        await SecondHalfAsync();
        var decided = await _shop.DecidedAsync();
        (_shop.Log, _shop.Tips) = (log, tips);

        var report = await _shop.RecoverAndConsumeAsync(both: true);

        Assert.True(report.IsClean, Told(report));
        Assert.Empty(await _shop.FaultsAsync());
        Assert.Equal(decided, await _shop.DecidedAsync());
    }

    [Fact]
    public async Task Commands_that_wait_are_decided_after_those_that_were_lost()
    {
        var yesterday = await _shop.CopyLogAsync();
        await _shop.DoAsync(_shop.Create(), _shop.Price(1, 80), _shop.Price(1, 60));
        _shop.Put(_shop.Price(1, 40), _shop.Price(1, 25));
        _shop.Log = yesterday;

        await _shop.RecoverAndConsumeAsync();

        Assert.Empty(await _shop.FaultsAsync());
        Assert.Equal([100m, 80, 60, 40, 25], (await _shop.Log.ReadAllAsync(null, default).ToListAsync()).Select(e => e.Event switch
        {
            ProductCreated created => created.Price.Amount,
            ProductPriceUpdated updated => updated.New.Amount,
            _ => 0,
        }));
    }

    [Fact]
    public async Task Dry_run_writes_nothing()
    {
        await FirstHalfAsync();
        var yesterday = await _shop.CopyLogAsync();
        await SecondHalfAsync();
        _shop.Log = yesterday;
        var (events, outcomes, tips) = (await yesterday.ReadAllAsync(null, default).ToListAsync(), (await yesterday.ReadOutcomesAsync(default).ToListAsync()).Count, await _shop.CopyTipsAsync());

        var dry = await _shop.RecoverAsync(isDry: true);

        Assert.True(dry.HasWork);
        Assert.Equal(events, await yesterday.ReadAllAsync(null, default).ToListAsync());
        Assert.Equal(outcomes, (await yesterday.ReadOutcomesAsync(default).ToListAsync()).Count);
        await foreach (var tip in _shop.Tips.ScanAsync(default)) Assert.Same(await tips.FindAsync(tip.Stream, default), tip);
        var real = await _shop.RecoverAsync();
        Assert.Equal((dry.Tips, dry.Commands), (real.Tips, real.Commands));
    }

    [Fact]
    public async Task Recovery_that_is_killed_anywhere_is_finished_by_the_next_one()
    {
        for (var kill = 1; ; kill++)
        {
            var shop = new DrillShop();
            var story = new StoreRecoverySpecs(shop);
            await story.FirstHalfAsync();
            var yesterday = await shop.CopyLogAsync();
            await story.SecondHalfAsync();
            var decided = await shop.DecidedAsync();
            shop.Log = yesterday;
            var tips = shop.Tips;
            shop.Tips = new MortalTips(tips) { Lives = kill };
            var isKilled = await Record.ExceptionAsync(() => shop.RecoverAsync()) is not null;
            shop.Tips = tips;

            Assert.True((await shop.RecoverAndConsumeAsync()).IsClean);
            Assert.Empty(await shop.FaultsAsync());
            Assert.Equal(decided, await shop.DecidedAsync());
            if (isKilled) continue;
            Assert.True(kill > 2);
            return;
        }
    }

    [Fact]
    public async Task Versions_whose_commands_are_no_longer_kept_are_reported_and_the_stream_goes_on()
    {
        await _shop.DoAsync(_shop.Create());
        var yesterday = await _shop.CopyLogAsync();
        foreach (var price in new[] { 80, 70, 60, 50 }) await _shop.DoAsync(_shop.Price(1, price));
        _shop.Log = yesterday;
        var kept = _shop.Kept.ToList();
        _shop.Kept.RemoveAll(record => record != kept[0]);
        // The consumer continues at its position.
        _shop.Kept.AddRange(Enumerable.Repeat(kept[0], kept.Count - 1));

        var report = await _shop.RecoverAsync();

        Assert.Equal((DrillShop.Product(), 2L, 5L), Assert.Single(report.Lost));
        Assert.Contains("versions 2 to 5", string.Join('\n', RecoverCommand.Tell(report, isDry: false)), StringComparison.Ordinal);
        await _shop.DoAsync(_shop.Price(1, 90));
        Assert.Empty(await _shop.FaultsAsync());
        Assert.Equal(2, (await _shop.Log.ReadAllAsync(null, default).ToListAsync()).Count);
    }

    [Fact]
    public async Task Stream_whose_log_and_tip_contradict_each_other_is_left_to_a_person()
    {
        await _shop.DoAsync(_shop.Create(), _shop.Create(2), _shop.Price(1, 80));
        var tip = (await _shop.Tips.FindAsync(DrillShop.Product(), default))!;
        var e = tip.Newest.Events[^1];
        Assert.True(await _shop.Tips.CommitAsync(tip with { Newest = tip.Newest with { Events = [e with { At = e.At.AddSeconds(1) }] } }, tip, default));

        var report = await _shop.RecoverAsync();

        Assert.Equal(DrillShop.Product(), Assert.Single(report.Failed).Stream);
        Assert.Equal((false, 0), (report.IsClean, report.Tips));
    }

    [Fact]
    public async Task Stream_with_more_lost_commands_than_its_tip_holds_is_left_and_named()
    {
        await _shop.DoAsync(_shop.Create(), _shop.Create(2));
        var yesterday = await _shop.CopyLogAsync();
        var random = new Random(1);
        for (var i = 0; i < 12; i++) await _shop.DoAsync(_shop.Command(1, new DeleteProduct(Convert.ToHexString(Bytes(random, 30_000)))));
        await _shop.DoAsync(_shop.Price(2, 80), _shop.Price(2, 70), _shop.Price(2, 60));
        _shop.Log = yesterday;

        var report = await _shop.RecoverAsync();

        Assert.Equal(DrillShop.Product(), Assert.Single(report.Failed).Stream);
        Assert.Equal(1, report.Tips);
    }

    public StoreRecoverySpecs()
    {
    }

    private StoreRecoverySpecs(DrillShop shop) => _shop = shop;

    private static byte[] Bytes(Random random, int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    private static string Told(RecoveryReport report) => string.Join('\n', RecoverCommand.Tell(report, isDry: false));

    /// <summary>Products, a refusal, and an unreadable record.</summary>
    private async Task FirstHalfAsync(int from = 1)
    {
        for (var product = from; product <= 2; product++) await _shop.DoAsync(_shop.Create(product));
        await _shop.DoAsync(_shop.Price(1, 90), _shop.Price(2, 10), _shop.Price(1, 85));
        _shop.Put(DrillShop.Product(2).ToString(), "{"u8.ToArray());
        await _shop.ConsumeAsync();
    }

    /// <summary>
    /// More commands than the ring stores on one product, only a refusal on another, a new product, and an unreadable
    /// record.
    /// </summary>
    private async Task SecondHalfAsync()
    {
        for (var price = 80; price > 60; price--) await _shop.DoAsync(_shop.Price(1, price), _shop.Price(1, price / 3m));
        await _shop.DoAsync(_shop.Price(2, 10));
        await _shop.DoAsync(_shop.Create(3), _shop.Price(3, 90), _shop.Price(3, 70));
        _shop.Put(DrillShop.Product(3).ToString(), "{"u8.ToArray());
        await _shop.ConsumeAsync();
    }

    private sealed class MortalTips(IStreamTips inner) : IStreamTips
    {
        public int Lives { get; set; }

        public Task<IReadOnlyDictionary<StreamId, StreamTip>> LoadAsync(IReadOnlyCollection<StreamId> streams, CancellationToken ct) => inner.LoadAsync(streams, ct);

        public Task<bool> CommitAsync(StreamTip next, StreamTip? read, CancellationToken ct) => --Lives > 0 ? inner.CommitAsync(next, read, ct) : throw new IOException("Killed.");

        public IAsyncEnumerable<StreamTip> ScanAsync(CancellationToken ct) => inner.ScanAsync(ct);
    }
}
