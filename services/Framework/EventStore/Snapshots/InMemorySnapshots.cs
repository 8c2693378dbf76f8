using System.Collections.Concurrent;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Snapshots;

/// <summary>Snapshots in memory.</summary>
public sealed class InMemorySnapshots(int every) : ISnapshots
{
    private readonly ConcurrentDictionary<(string Fold, StreamId Stream, long Version), Snapshot> _kept = [];

    public int Every => every;

    public Task<IReadOnlyDictionary<StreamId, Snapshot>> FindAsync(string fold, IReadOnlyCollection<StreamId> streams, HistoryBounds bounds, CancellationToken ct) => Task.FromResult<IReadOnlyDictionary<StreamId, Snapshot>>(
        streams.Distinct().Select(stream => Of(fold, stream).LastOrDefault(snapshot => snapshot.IsWithin(bounds))).OfType<Snapshot>().ToDictionary(snapshot => snapshot.Stream));

    public Task<IReadOnlyList<Snapshot>> ReadAsync(string fold, IReadOnlyCollection<StreamId> streams, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<Snapshot>>([.. streams.Distinct().SelectMany(stream => Of(fold, stream))]);

    public Task SaveAsync(string fold, IReadOnlyCollection<Snapshot> snapshots, CancellationToken ct)
    {
        foreach (var snapshot in snapshots) _kept[(fold, snapshot.Stream, snapshot.Version)] = snapshot;
        return Task.CompletedTask;
    }

    private IEnumerable<Snapshot> Of(string fold, StreamId stream) =>
        _kept.Where(one => one.Key.Fold == fold && one.Key.Stream == stream).Select(one => one.Value).OrderBy(snapshot => snapshot.Version);
}
