using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Snapshots;
using ServerlessCqrs.Projections.History;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Projections;

/// <summary>Projects one category of streams to a read model, without knowing the type of its documents.</summary>
public interface IProjector : IReadModelVersions
{
    /// <summary>The category of the streams that it folds.</summary>
    string Category { get; }

    /// <inheritdoc cref="Projector{TDocument}.ProjectAsync"/>
    Task<IReadOnlyCollection<Projected>> ProjectAsync(IReadOnlyCollection<StreamBatch> batches, CancellationToken ct);

    /// <inheritdoc cref="Projector{TDocument}.RebuildAsync"/>
    Task<IReadOnlyCollection<Projected>> RebuildAsync(IReadOnlyCollection<StreamBatch> histories, CancellationToken ct);

    /// <summary>
    /// Returns the items of these streams, strongly consistent. The result has no entry for a stream without an item.
    /// </summary>
    Task<IReadOnlyDictionary<StreamId, ItemText>> LoadAsync(IReadOnlyCollection<StreamId> streams, CancellationToken ct);

    /// <summary>Streams every item, including tombstones, in no particular order, for verification.</summary>
    IAsyncEnumerable<ItemText> ScanAsync(CancellationToken ct);

    /// <inheritdoc cref="IReadModel{TDocument}.ScanAggregatesAsync"/>
    IAsyncEnumerable<Contribution> ScanAggregatesAsync(CancellationToken ct);

    /// <inheritdoc cref="IReadModel{TDocument}.ScanEntriesAsync"/>
    IAsyncEnumerable<IndexEntry> ScanEntriesAsync(CancellationToken ct);

    /// <inheritdoc cref="IReadModel{TDocument}.DeleteStrayEntriesAsync"/>
    Task<long> DeleteStrayEntriesAsync(StreamId? stream, CancellationToken ct);

    /// <summary>
    /// Folds these events of one stream, from the first on, into an item. Returns null if there are none. Throws if an
    /// event cannot be applied.
    /// </summary>
    ItemText? Fold(IEnumerable<EventRecord> events);

    /// <summary>Starts a fold of one stream's document before its first event.</summary>
    IDocumentFold BeginFold();

    /// <summary>
    /// Starts a fold of one stream's document at its latest snapshot within the bounds, or before its first event if
    /// there is none.
    /// </summary>
    Task<IDocumentFold> BeginFoldAsync(StreamId stream, HistoryBounds bounds, CancellationToken ct);

    /// <summary>Returns the snapshots of these streams' documents, sorted by stream and version.</summary>
    Task<IReadOnlyList<Snapshot>> LoadSnapshotsAsync(IReadOnlyCollection<StreamId> streams, CancellationToken ct);
}

/// <summary>An item of any read model in comparable form: equal items have equal texts.</summary>
/// <param name="Text">JSON with <c>at</c>, <c>document</c> (null for a tombstone), and <c>adds</c> if it adds to an
/// aggregate.</param>
public sealed record ItemText(
    StreamId Stream,
    long Version,
    string Text)
{
    /// <inheritdoc cref="ReadModelItem{TDocument}.Adds"/>
    public Contribution? Adds { get; init; }

    /// <inheritdoc cref="IProjection{TDocument}.EntriesOf"/>
    public IEnumerable<IndexEntry> Entries { get; init; } = [];

    /// <summary>
    /// The prefixes of paths where the item may differ from a fold of this code until it is rebuilt, because it has an
    /// earlier shape.
    /// </summary>
    public IReadOnlyList<string> MayDifferIn { get; init; } = [];

    /// <inheritdoc cref="ReadModelItem{TDocument}.Fault"/>
    public Exception? Fault { get; init; }

    public bool Equals(ItemText? other) => other is not null && (Stream, Version, Text) == (other.Stream, other.Version, other.Text);

    public override int GetHashCode() => HashCode.Combine(Stream, Version, Text);
}
