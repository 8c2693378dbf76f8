using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Snapshots;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Web.Degradation;

/// <summary>The part of the log that answers need, behind its circuit.</summary>
public sealed class GuardedLog(
    IStreamHistory history,
    ICommandLog log,
    IAuditTrail trail,
    IStreamLookup lookup,
    ISnapshots snapshots,
    Dependency dependency) : IStreamHistory, ICommandLog, IAuditTrail, IStreamLookup, ISnapshots
{
    private const string NotHere = "No request of the query service needs this.";

    /// <exception cref="DependencyAwayException">The log cannot be read.</exception>
    public Task<IReadOnlyDictionary<StreamId, IReadOnlyList<EventRecord>>> ReadStreamsAsync(IReadOnlyCollection<StreamId> streams, HistoryBounds bounds, CancellationToken ct) =>
        dependency.CallAsync(token => history.ReadStreamsAsync(streams, bounds, token), ct, streams.Count);

    /// <exception cref="DependencyAwayException">The log cannot be read.</exception>
    public Task<IReadOnlyList<CommandOutcome>> FindOutcomesAsync(IReadOnlyCollection<OutcomeQuery> wanted, CancellationToken ct) =>
        dependency.CallAsync(token => log.FindOutcomesAsync(wanted, token), ct);

    /// <exception cref="DependencyAwayException">The log cannot be read.</exception>
    public Task<IReadOnlyList<EventRecord>> FindEventsAsync(IReadOnlyCollection<(StreamId Stream, Guid CommandId)> commands, CancellationToken ct) =>
        dependency.CallAsync(token => log.FindEventsAsync(commands, token), ct);

    /// <exception cref="DependencyAwayException">The log cannot be read.</exception>
    public Task<IReadOnlyList<CommandOutcome>> ReadAsync(TrailQuery query, TrailPlace? after, bool newestFirst, int limit, CancellationToken ct) =>
        dependency.CallAsync(token => trail.ReadAsync(query, after, newestFirst, limit, token), ct);

    public int Every => snapshots.Every;

    /// <exception cref="DependencyAwayException">The log cannot be read.</exception>
    public Task<IReadOnlyDictionary<StreamId, Snapshot>> FindAsync(string fold, IReadOnlyCollection<StreamId> streams, HistoryBounds bounds, CancellationToken ct) =>
        dependency.CallAsync(token => snapshots.FindAsync(fold, streams, bounds, token), ct, streams.Count);

    /// <exception cref="DependencyAwayException">The log cannot be read.</exception>
    public Task<IReadOnlyList<StreamId>> FindAsync(string category, string field, IReadOnlyCollection<string> values, DateTimeOffset asOf, CancellationToken ct) =>
        dependency.CallAsync(token => lookup.FindAsync(category, field, values, asOf, token), ct);

    public Task<IReadOnlyList<Snapshot>> ReadAsync(string fold, IReadOnlyCollection<StreamId> streams, CancellationToken ct) => throw new NotSupportedException(NotHere);

    public Task SaveAsync(string fold, IReadOnlyCollection<Snapshot> snapshots, CancellationToken ct) => throw new NotSupportedException(NotHere);
}
