using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.ReadModels.Specs.Given;

/// <summary>Counts the reads of streams, and the events read.</summary>
internal sealed class CountingHistory(IEventHistory inner) : IEventHistory
{
    public int Reads { get; private set; }

    public int Events { get; private set; }

    public async Task<IReadOnlyDictionary<StreamId, IReadOnlyList<EventRecord>>> ReadStreamsAsync(IReadOnlyCollection<StreamId> streams, HistoryBounds bounds, CancellationToken ct)
    {
        Reads++;
        var read = await inner.ReadStreamsAsync(streams, bounds, ct);
        Events += read.Values.Sum(stream => stream.Count);
        return read;
    }

    public Task<IReadOnlyList<EventRecord>> ReadPrefixAsync(string prefix, DateTimeOffset asOf, CancellationToken ct) => inner.ReadPrefixAsync(prefix, asOf, ct);

    public IAsyncEnumerable<EventRecord> ReadAllAsync(string? category, CancellationToken ct) => inner.ReadAllAsync(category, ct);

    public IAsyncEnumerable<CommandOutcome> ReadOutcomesAsync(CancellationToken ct) => inner.ReadOutcomesAsync(ct);

    public Task<IReadOnlyList<Arrival>> ReadArrivalsAsync(DateTimeOffset after, int limit, CancellationToken ct) => inner.ReadArrivalsAsync(after, limit, ct);
}
