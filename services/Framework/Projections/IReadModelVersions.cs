using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Projections;

/// <summary>How far the items of a read model are, without their documents.</summary>
public interface IReadModelVersions
{
    /// <summary>The versions of these streams' items, tombstones too, read strongly consistent; a stream without an item is missing in the result.</summary>
    Task<IReadOnlyDictionary<StreamId, long>> LoadVersionsAsync(IReadOnlyCollection<StreamId> streams, CancellationToken ct);
}
