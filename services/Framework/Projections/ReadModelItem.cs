using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Projections;

/// <summary>One item of a read model: the fold of one stream up to <see cref="Version"/>.</summary>
/// <param name="Document">The document, or null after the stream was deleted. The version then stays as a tombstone, so
/// that a late event cannot recreate the document.</param>
/// <param name="At">The time of that version's event.</param>
public sealed record ReadModelItem<TDocument>(
    StreamId Stream,
    long Version,
    TDocument? Document,
    DateTimeOffset At)
    where TDocument : class
{
    /// <summary>
    /// Why the stored document cannot be read, or null if it can. Only the version of such an item is usable, and the
    /// item must be folded from the first event.
    /// </summary>
    public Exception? Fault { get; init; }

    /// <summary>
    /// The <see cref="IProjection{TDocument}.Shape"/> of the code that folded the stream's first event into it, or 1
    /// for a tombstone.
    /// </summary>
    public int Shape { get; init; } = 1;

    /// <summary>
    /// True if a save must not rely on what was written with this item, because a rebuild repairs that.
    /// </summary>
    public bool IsDoubted { get; init; }

    /// <summary>What the item adds (or, if it is stored, has added) to an aggregate, or null for nothing.</summary>
    public Contribution? Adds { get; init; }
}
