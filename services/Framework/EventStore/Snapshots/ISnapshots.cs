using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Snapshots;

/// <summary>
/// Documents of long streams as they were at some versions, so that who wants one as it was need not fold it from its first event on. They come from the log and can be made again of it: one that is missing costs time, and nothing else.
/// </summary>
public interface ISnapshots
{
    /// <summary>How many events of a stream lie between two of its snapshots: they are of the versions that are multiples of it.</summary>
    int Every { get; }

    /// <summary>The newest snapshot of each of these streams that is within the bounds; a stream without one is missing in the result.</summary>
    /// <param name="fold">What makes these documents of events, and in which shape.</param>
    Task<IReadOnlyDictionary<StreamId, Snapshot>> FindAsync(string fold, IReadOnlyCollection<StreamId> streams, HistoryBounds bounds, CancellationToken ct);

    /// <summary>All snapshots of these streams, by stream and version.</summary>
    /// <inheritdoc cref="FindAsync"/>
    Task<IReadOnlyList<Snapshot>> ReadAsync(string fold, IReadOnlyCollection<StreamId> streams, CancellationToken ct);

    /// <summary>Keeps these, in the place of others of the same versions.</summary>
    /// <inheritdoc cref="FindAsync"/>
    /// <exception cref="EventLogException">They may not be kept.</exception>
    Task SaveAsync(string fold, IReadOnlyCollection<Snapshot> snapshots, CancellationToken ct);
}

/// <summary>A stream's document at a version.</summary>
/// <param name="At">The time of the event of that version.</param>
/// <param name="Document">Its JSON; null where the stream had none any more.</param>
public sealed record Snapshot(
    StreamId Stream,
    long Version,
    DateTimeOffset At,
    string? Document)
{
    /// <summary>Whether a document within these bounds can be folded from it.</summary>
    public bool IsWithin(HistoryBounds bounds) => Version <= (bounds.ToVersion ?? long.MaxValue) && At <= (bounds.AsOf ?? DateTimeOffset.MaxValue);
}
