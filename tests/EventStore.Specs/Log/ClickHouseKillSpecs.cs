using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.Shop;

namespace ServerlessCqrs.EventStore.Specs.Log;

/// <summary>Kills the server for everyone, so it runs alone.</summary>
[CollectionDefinition(nameof(ClickHouseKillSpecs), DisableParallelization = true)]
[Collection(nameof(ClickHouseKillSpecs))]
public sealed class ClickHouseKillSpecs(Stores stores)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_acknowledged_outlives_a_kill()
    {
        var database = stores.NewDatabase();
        using var writer = new ClickHouseDatabase(new ClickHouseOptions(database), ShopDomain.Instance, TimeProvider.System);
        var log = new ClickHouseEventLog(writer);
        await writer.EnsureAsync(Ct);

        List<EventRecord> acknowledged = [];
        for (var round = 0; round < 3; round++)
        {
            for (var i = 0; i < 20; i++)
            {
                // One batch for 20 streams: events, outcomes and arrivals are three tables, and all of them must have
                // it.
                var batch = Enumerable.Range(0, 20).Select(_ => Rows.Event(Rows.NewStream(), 1)).ToList();
                await log.AppendAsync(batch, [.. batch.Select(e => Rows.Outcome(e))], Ct);
                acknowledged.AddRange(batch);
            }

            await stores.KillClickHouse();
        }

        var history = new ClickHouseEventHistory(writer);
        var read = await history.ReadStreamsAsync([.. acknowledged.Select(e => e.Stream)], HistoryBounds.Everything, Ct);
        var outcomes = await log.FindOutcomesAsync([.. acknowledged.Select(e => new OutcomeQuery(e.Stream, e.CommandId, null))], Ct);
        var arrivals = await history.ReadArrivalsAsync(DateTimeOffset.UnixEpoch, 10_000, Ct);

        Assert.Equal(1_200, acknowledged.Count);
        Assert.Equal(acknowledged.ToHashSet(), read.Values.SelectMany(stream => stream).ToHashSet());
        Assert.Equal(1_200, outcomes.Count);
        Assert.Equal(1_200, arrivals.Count);
    }
}
