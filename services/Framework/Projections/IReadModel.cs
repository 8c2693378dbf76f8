using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Projections;

/// <summary>Stores a read model's items of one category.</summary>
public interface IReadModel<TDocument> : IReadModelVersions
    where TDocument : class
{
    /// <summary>
    /// Returns the items of these streams, strongly consistent. The result has no entry for a stream without an item.
    /// An unreadable item has a <see cref="ReadModelItem{TDocument}.Fault"/> and does not affect others.
    /// </summary>
    Task<IReadOnlyDictionary<StreamId, ReadModelItem<TDocument>>> LoadAsync(IReadOnlyCollection<StreamId> streams, CancellationToken ct);

    /// <summary>
    /// Writes the item if the stored one is still <paramref name="stored"/> (null if there is none), which it compares
    /// by version and contribution. Everything that follows from the item, such as the difference to an aggregate, is
    /// written with it or not at all. Returns false, and writes nothing, if the stored item has changed.
    /// </summary>
    Task<bool> SaveAsync(ReadModelItem<TDocument> item, ReadModelItem<TDocument>? stored, CancellationToken ct);

    /// <summary>Streams every item, including tombstones, in no particular order, for verification.</summary>
    IAsyncEnumerable<ReadModelItem<TDocument>> ScanAsync(CancellationToken ct);

    /// <summary>
    /// Streams every aggregate of these items in no particular order, for verification: each must be the sum of its
    /// items' contributions. One aggregate may arrive in parts.
    /// </summary>
    IAsyncEnumerable<Contribution> ScanAggregatesAsync(CancellationToken ct) => AsyncEnumerable.Empty<Contribution>();

    /// <summary>
    /// Streams every index entry in no particular order, for verification: they must be the projection's entries of the
    /// items.
    /// </summary>
    IAsyncEnumerable<IndexEntry> ScanEntriesAsync(CancellationToken ct) => AsyncEnumerable.Empty<IndexEntry>();

    /// <summary>
    /// Deletes the index entries that belong to no item, of one stream, or of all if null. Returns how many it deleted.
    /// </summary>
    Task<long> DeleteStrayEntriesAsync(StreamId? stream, CancellationToken ct) => Task.FromResult(0L);
}
