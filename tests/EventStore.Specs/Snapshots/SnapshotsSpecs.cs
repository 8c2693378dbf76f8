using Microsoft.Extensions.Logging.Abstractions;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Snapshots;
using ServerlessCqrs.EventStore.Specs.Log;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Specs.Snapshots;

public sealed class SnapshotsSpecs(Stores stores)
{
    private readonly StreamId _stream = Rows.NewStream();
    private readonly StreamId _other = Rows.NewStream();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_newest_within_the_bounds_is_found_of_each_stream(bool inMemory)
    {
        var snapshots = Open(inMemory);
        await snapshots.SaveAsync("models-v1", [Of(_stream, 1_000), Of(_stream, 2_000), Of(_stream, 3_000), Of(_other, 1_000)], Ct);

        Assert.Equal([Of(_stream, 3_000), Of(_other, 1_000)], await FindAsync(HistoryBounds.Everything));
        Assert.Equal([Of(_stream, 2_000), Of(_other, 1_000)], await FindAsync(new HistoryBounds(ToVersion: 2_999)));
        Assert.Equal([Of(_stream, 3_000), Of(_other, 1_000)], await FindAsync(new HistoryBounds(ToVersion: 3_000)));
        Assert.Equal([Of(_stream, 2_000), Of(_other, 1_000)], await FindAsync(new HistoryBounds(AsOf: Of(_stream, 2_000).At)));
        Assert.Equal([Of(_stream, 1_000), Of(_other, 1_000)], await FindAsync(new HistoryBounds(AsOf: Of(_stream, 2_000).At.AddMilliseconds(-1))));
        Assert.Empty(await FindAsync(new HistoryBounds(ToVersion: 999)));
        Assert.Empty(await snapshots.FindAsync("models-v2", [_stream, _other], HistoryBounds.Everything, Ct));
        Assert.Empty(await snapshots.FindAsync("models-v1", [], HistoryBounds.Everything, Ct));

        async Task<IEnumerable<Snapshot>> FindAsync(HistoryBounds bounds)
        {
            var found = await snapshots.FindAsync("models-v1", [_stream, _other, Rows.NewStream()], bounds, Ct);
            return new[] { _stream, _other }.Where(found.ContainsKey).Select(stream => found[stream]);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_is_kept_again_takes_the_place_of_what_was(bool inMemory)
    {
        var snapshots = Open(inMemory);
        await snapshots.SaveAsync("models-v1", [Of(_stream, 1_000, "old"), Of(_stream, 2_000)], Ct);
        await snapshots.SaveAsync("models-v1", [Of(_stream, 1_000, "new"), Of(_other, 5_000, null)], Ct);
        await snapshots.SaveAsync("models-v1", [], Ct);

        Assert.Equal([Of(_stream, 1_000, "new"), Of(_stream, 2_000)], await snapshots.ReadAsync("models-v1", [_stream], Ct));
        Assert.Null(Assert.Single(await snapshots.ReadAsync("models-v1", [_other], Ct)).Document);
        Assert.Equal(Of(_stream, 1_000, "new"), (await snapshots.FindAsync("models-v1", [_stream], new HistoryBounds(ToVersion: 1_500), Ct))[_stream]);
    }

    [Fact]
    public async Task Who_has_more_urgent_things_to_do_is_not_kept_from_them()
    {
        using var nowhere = new ClickHouseDatabase(new ClickHouseOptions("Host=127.0.0.1;Port=9"), ShopDomain.Instance, TimeProvider.System);
        var snapshots = new ClickHouseSnapshots(nowhere);

        await Assert.ThrowsAsync<EventLogException>(() => snapshots.SaveAsync("models-v1", [Of(_stream, 1_000)], Ct));
        await new BestEffortSnapshots(snapshots, NullLogger<BestEffortSnapshots>.Instance).SaveAsync("models-v1", [Of(_stream, 1_000)], Ct);
    }

    private static Snapshot Of(StreamId stream, long version, string? price = "1") => new(stream, version, Rows.Noon.AddSeconds(version), price is null ? null : $$"""{"price":"{{price}}","name":"O'Müller"}""");

    private ISnapshots Open(bool inMemory) => inMemory ? new InMemorySnapshots(every: 1_000) : new ClickHouseSnapshots(stores.Database);
}
