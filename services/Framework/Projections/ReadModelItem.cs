using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Projections;

/// <summary>One item of a read model: the fold of one stream up to <see cref="Version"/>.</summary>
/// <param name="Document">The document; null once the stream is deleted, which leaves the version as a tombstone so that a late event cannot raise the dead.</param>
/// <param name="At">The time of the event of that version.</param>
public sealed record ReadModelItem<TDocument>(
    StreamId Stream,
    long Version,
    TDocument? Document,
    DateTimeOffset At)
    where TDocument : class
{
    /// <summary>Why the stored document cannot be read; null where it can. Such an item says nothing but its version, and is to be folded anew.</summary>
    public Exception? Fault { get; init; }

    /// <summary>The <see cref="IProjection{TDocument}.Shape"/> of the code that folded the stream's first event into it; 1 for a tombstone.</summary>
    public int Shape { get; init; } = 1;

    /// <summary>Whether a save may not rely on what was written with this item, since a rebuild is to repair that.</summary>
    public bool IsDoubted { get; init; }

    /// <summary>What the item adds, and where it is stored has added, to an aggregate; null for nothing.</summary>
    public Contribution? Adds { get; init; }
}
