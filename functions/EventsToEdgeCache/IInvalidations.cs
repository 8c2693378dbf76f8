using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventsToEdgeCache;

/// <summary>Makes the edge forget.</summary>
public interface IInvalidations
{
    /// <summary>Has the edge forget the documents of these products. Asked again for the same versions of the same products, in any order, it makes no second invalidation.</summary>
    /// <param name="changes">At least one.</param>
    Task CreateAsync(IReadOnlyCollection<ProductChange> changes, CancellationToken ct);
}

/// <summary>A product's document changed.</summary>
/// <param name="Stream">What changed it: its own stream, or that of a review.</param>
/// <param name="Version">The version of that stream that the read model shows at least.</param>
public sealed record ProductChange(
    Guid Product,
    StreamId Stream,
    long Version);
