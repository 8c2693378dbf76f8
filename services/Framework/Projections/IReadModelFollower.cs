using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Snapshots;
using ServerlessCqrs.Projections.History;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Projections;

/// <summary>What a read model makes of one category of streams, whatever its documents are.</summary>
public interface IReadModelFollower : IReadModelVersions
{
    /// <summary>The category of the streams it folds.</summary>
    string Category { get; }

    /// <inheritdoc cref="Projector{TDocument}.ProjectAsync"/>
    Task<IReadOnlyCollection<Projected>> ProjectAsync(IReadOnlyCollection<StreamBatch> batches, CancellationToken ct);

    /// <inheritdoc cref="Projector{TDocument}.RebuildAsync"/>
    Task<IReadOnlyCollection<Projected>> RebuildAsync(IReadOnlyCollection<StreamBatch> histories, CancellationToken ct);

    /// <summary>The items of these streams, read strongly consistent; a stream without one is missing in the result.</summary>
    Task<IReadOnlyDictionary<StreamId, ItemText>> LoadAsync(IReadOnlyCollection<StreamId> streams, CancellationToken ct);

    /// <summary>Every item, tombstones too, in no order, streamed; for verification.</summary>
    IAsyncEnumerable<ItemText> ScanAsync(CancellationToken ct);

    /// <inheritdoc cref="IReadModel{TDocument}.ScanAggregatesAsync"/>
    IAsyncEnumerable<Contribution> ScanAggregatesAsync(CancellationToken ct);

    /// <inheritdoc cref="IReadModel{TDocument}.ScanEntriesAsync"/>
    IAsyncEnumerable<IndexEntry> ScanEntriesAsync(CancellationToken ct);

    /// <inheritdoc cref="IReadModel{TDocument}.DeleteStrayEntriesAsync"/>
    Task<long> DeleteStrayEntriesAsync(StreamId? stream, CancellationToken ct);

    /// <summary>The item that these events of one stream, from the first on, come to. Null where there are none. Throws where one of them cannot be applied.</summary>
    ItemText? Fold(IEnumerable<EventRecord> events);

    /// <summary>The document of one stream, before its first event.</summary>
    IDocumentFold BeginFold();

    /// <summary>The document of one stream as its newest snapshot within the bounds has it; before its first event where there is none.</summary>
    Task<IDocumentFold> BeginFoldAsync(StreamId stream, HistoryBounds bounds, CancellationToken ct);

    /// <summary>The snapshots that are kept of these streams' documents, by stream and version.</summary>
    Task<IReadOnlyList<Snapshot>> LoadSnapshotsAsync(IReadOnlyCollection<StreamId> streams, CancellationToken ct);
}

/// <summary>An item of any read model, to be compared: equal items have equal texts.</summary>
/// <param name="Text">JSON: <c>at</c>, <c>document</c> (null for a tombstone), and <c>adds</c> where it adds to an aggregate.</param>
public sealed record ItemText(
    StreamId Stream,
    long Version,
    string Text)
{
    /// <inheritdoc cref="ReadModelItem{TDocument}.Adds"/>
    public Contribution? Adds { get; init; }

    /// <inheritdoc cref="IProjection{TDocument}.EntriesOf"/>
    public IEnumerable<IndexEntry> Entries { get; init; } = [];

    /// <summary>Where it may differ from a fold of today until it is rebuilt, since it is of an earlier shape: beginnings of paths.</summary>
    public IReadOnlyList<string> MayDifferIn { get; init; } = [];

    /// <inheritdoc cref="ReadModelItem{TDocument}.Fault"/>
    public Exception? Fault { get; init; }

    public bool Equals(ItemText? other) => other is not null && (Stream, Version, Text) == (other.Stream, other.Version, other.Text);

    public override int GetHashCode() => HashCode.Combine(Stream, Version, Text);
}
