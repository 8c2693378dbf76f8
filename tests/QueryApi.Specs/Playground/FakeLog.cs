using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.QueryApi.Specs.Playground;

/// <summary>The log in memory, which can fail and hang.</summary>
public sealed class FakeLog(TimeProvider time) : IEventLog, IEventHistory, IAuditTrail, IStreamLookup
{
    public InMemoryEventLog Inner { get; } = new(time);

    public Faults Faults { get; } = new();

    public Task AppendAsync(IReadOnlyList<EventRecord> events, IReadOnlyList<CommandOutcome> outcomes, CancellationToken ct) => Inner.AppendAsync(events, outcomes, ct);

    public async Task<IReadOnlyList<CommandOutcome>> FindOutcomesAsync(IReadOnlyCollection<OutcomeQuery> wanted, CancellationToken ct)
    {
        await Faults.PassAsync(ct);
        return await Inner.FindOutcomesAsync(wanted, ct);
    }

    public Task<IReadOnlyList<EventRecord>> FindEventsAsync(IReadOnlyCollection<(StreamId Stream, Guid CommandId)> commands, CancellationToken ct) => Inner.FindEventsAsync(commands, ct);

    public async Task<IReadOnlyDictionary<StreamId, IReadOnlyList<EventRecord>>> ReadStreamsAsync(IReadOnlyCollection<StreamId> streams, HistoryBounds bounds, CancellationToken ct)
    {
        await Faults.PassAsync(ct);
        return await Inner.ReadStreamsAsync(streams, bounds, ct);
    }

    public async Task<IReadOnlyList<CommandOutcome>> ReadAsync(TrailQuery query, TrailPlace? after, bool newestFirst, int limit, CancellationToken ct)
    {
        await Faults.PassAsync(ct);
        return await Inner.ReadAsync(query, after, newestFirst, limit, ct);
    }

    public async Task<IReadOnlyList<StreamId>> FindAsync(string category, string field, IReadOnlyCollection<string> values, DateTimeOffset asOf, CancellationToken ct)
    {
        await Faults.PassAsync(ct);
        return await Inner.FindAsync(category, field, values, asOf, ct);
    }

    public Task<IReadOnlyList<EventRecord>> ReadPrefixAsync(string prefix, DateTimeOffset asOf, CancellationToken ct) => Inner.ReadPrefixAsync(prefix, asOf, ct);

    public IAsyncEnumerable<EventRecord> ReadAllAsync(string? category, CancellationToken ct) => Inner.ReadAllAsync(category, ct);

    public IAsyncEnumerable<CommandOutcome> ReadOutcomesAsync(CancellationToken ct) => Inner.ReadOutcomesAsync(ct);

    public async Task<IReadOnlyList<Arrival>> ReadArrivalsAsync(DateTimeOffset after, int limit, CancellationToken ct)
    {
        await Faults.PassAsync(ct);
        return await Inner.ReadArrivalsAsync(after, limit, ct);
    }
}
