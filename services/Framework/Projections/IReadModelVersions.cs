using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Projections;

/// <summary>Reads the versions of a read model's items without their documents.</summary>
public interface IReadModelVersions
{
    /// <summary>
    /// Returns the versions of these streams' items, including tombstones, strongly consistent. The result has no entry
    /// for a stream without an item.
    /// </summary>
    Task<IReadOnlyDictionary<StreamId, long>> LoadVersionsAsync(IReadOnlyCollection<StreamId> streams, CancellationToken ct);
}
