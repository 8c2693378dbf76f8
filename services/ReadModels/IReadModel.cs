using ServerlessCqrs.Shop;

namespace ServerlessCqrs.ReadModels;

/// <summary>Where the items of one read model lie.</summary>
public interface IReadModel<TDocument>
    where TDocument : class
{
    /// <summary>Name and version, as in <c>products-v1</c>: the name of its table, its lag metric and its log lines.</summary>
    string Name { get; }

    /// <summary>The items of these streams, read strongly consistent; a stream without one is missing in the result. One that cannot be read has a <see cref="ReadModelItem{TDocument}.Fault"/> and hinders no other.</summary>
    Task<IReadOnlyDictionary<StreamId, ReadModelItem<TDocument>>> LoadAsync(IReadOnlyCollection<StreamId> streams, CancellationToken ct);

    /// <summary>Writes the item if the stored one still is at <paramref name="readVersion"/> (0: there is none). False where it is not; then nothing was written.</summary>
    Task<bool> SaveAsync(ReadModelItem<TDocument> item, long readVersion, CancellationToken ct);

    /// <summary>Every item, tombstones too, in no order, streamed; for verification.</summary>
    IAsyncEnumerable<ReadModelItem<TDocument>> ScanAsync(CancellationToken ct);
}
