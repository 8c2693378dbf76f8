using ServerlessCqrs.EventStore.Log;

namespace ServerlessCqrs.EventStore.Specs.Log;

public sealed class OperationsSpecs(Stores stores)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_was_done_within_a_time_is_told_once_in_the_order_it_was_done(bool inMemory)
    {
        IOperationsJournal journal = inMemory ? new InMemoryOperations() : new ClickHouseOperations(stores.Database);
        var who = $"anna {Guid.NewGuid()}";
        var start = new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
        Operation[] all = [.. Enumerable.Range(0, 4).Select(i => new Operation(start.AddMinutes(i), who, i % 2 == 0 ? "redrive" : "discard", $"letter {i}\n'é'", i == 1 ? "no longer needed" : null))];
        await journal.WriteAsync([all[3], all[1]], Ct);
        await journal.WriteAsync([], Ct);
        await journal.WriteAsync([all[0], all[2]], Ct);

        Assert.Equal(all, await ReadAsync(null, null));
        Assert.Equal(all[1..3], await ReadAsync(start.AddMinutes(1), start.AddMinutes(2)));

        async Task<List<Operation>> ReadAsync(DateTimeOffset? from, DateTimeOffset? to) => await journal.ReadAsync(from, to, Ct).Where(operation => operation.Who == who).ToListAsync(Ct);
    }
}
