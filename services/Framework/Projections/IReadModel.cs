using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Projections;

/// <summary>Where a read model's items of one category lie.</summary>
public interface IReadModel<TDocument> : IReadModelVersions
    where TDocument : class
{
    /// <summary>The items of these streams, read strongly consistent; a stream without one is missing in the result. One that cannot be read has a <see cref="ReadModelItem{TDocument}.Fault"/> and hinders no other.</summary>
    Task<IReadOnlyDictionary<StreamId, ReadModelItem<TDocument>>> LoadAsync(IReadOnlyCollection<StreamId> streams, CancellationToken ct);

    /// <summary>
    /// Writes the item if the stored one still is <paramref name="stored"/> (null: there is none) by version and by what it adds, and with it all that follows from it, as the difference to an aggregate: together or not at all.
    /// False where it is another; then nothing was written.
    /// </summary>
    Task<bool> SaveAsync(ReadModelItem<TDocument> item, ReadModelItem<TDocument>? stored, CancellationToken ct);

    /// <summary>Every item, tombstones too, in no order, streamed; for verification.</summary>
    IAsyncEnumerable<ReadModelItem<TDocument>> ScanAsync(CancellationToken ct);

    /// <summary>Every aggregate that these items have added to, in no order, streamed; for verification: each must be the sum of what its items say they add. One aggregate may come in parts.</summary>
    IAsyncEnumerable<Contribution> ScanAggregatesAsync(CancellationToken ct) => AsyncEnumerable.Empty<Contribution>();

    /// <summary>Every index entry, in no order, streamed; for verification: they must be those that the projection names for the items.</summary>
    IAsyncEnumerable<IndexEntry> ScanEntriesAsync(CancellationToken ct) => AsyncEnumerable.Empty<IndexEntry>();

    /// <summary>Deletes the index entries that no item has, of one stream or, for null, of all. Returns how many it deleted.</summary>
    Task<long> DeleteStrayEntriesAsync(StreamId? stream, CancellationToken ct) => Task.FromResult(0L);
}
