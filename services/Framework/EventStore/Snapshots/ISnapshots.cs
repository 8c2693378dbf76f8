using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Snapshots;

/// <summary>
/// Stores documents of long streams at some versions. Reading a past document then starts at a snapshot instead of the
/// first event. Snapshots are derived from the log, so a missing one costs only time.
/// </summary>
public interface ISnapshots
{
    /// <summary>
    /// The number of events between two snapshots of a stream. Snapshots are taken at versions that are multiples of
    /// it.
    /// </summary>
    int Every { get; }

    /// <summary>
    /// Returns the latest snapshot of each stream within the bounds. The result has no entry for a stream without one.
    /// </summary>
    /// <param name="fold">The name and shape of the fold that made the documents.</param>
    Task<IReadOnlyDictionary<StreamId, Snapshot>> FindAsync(string fold, IReadOnlyCollection<StreamId> streams, HistoryBounds bounds, CancellationToken ct);

    /// <summary>Returns all snapshots of these streams, sorted by stream and version.</summary>
    /// <inheritdoc cref="FindAsync"/>
    Task<IReadOnlyList<Snapshot>> ReadAsync(string fold, IReadOnlyCollection<StreamId> streams, CancellationToken ct);

    /// <summary>Saves these snapshots, and replaces others of the same versions.</summary>
    /// <inheritdoc cref="FindAsync"/>
    /// <exception cref="EventLogException">The snapshots may not be saved.</exception>
    Task SaveAsync(string fold, IReadOnlyCollection<Snapshot> snapshots, CancellationToken ct);
}

/// <summary>A stream's document at a version.</summary>
/// <param name="At">The time of that version's event.</param>
/// <param name="Document">The document's JSON, or null if the stream had no document at that version.</param>
public sealed record Snapshot(
    StreamId Stream,
    long Version,
    DateTimeOffset At,
    string? Document)
{
    /// <summary>Returns true when a document within these bounds can be folded from this snapshot.</summary>
    public bool IsWithin(HistoryBounds bounds) => Version <= (bounds.ToVersion ?? long.MaxValue) && At <= (bounds.AsOf ?? DateTimeOffset.MaxValue);
}
