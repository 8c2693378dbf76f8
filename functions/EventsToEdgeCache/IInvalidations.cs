using ServerlessCqrs.Shop;

namespace ServerlessCqrs.EventsToEdgeCache;

/// <summary>Makes the edge forget.</summary>
public interface IInvalidations
{
    /// <summary>Has the edge forget the documents of these products. Asked again for the same versions of the same products, in any order, it makes no second invalidation.</summary>
    /// <param name="changes">At least one, each product once.</param>
    Task CreateAsync(IReadOnlyCollection<ProductChange> changes, CancellationToken ct);
}

/// <summary>A product's document changed.</summary>
/// <param name="Version">The version that the read model shows at least.</param>
public sealed record ProductChange(
    StreamId Stream,
    long Version);
