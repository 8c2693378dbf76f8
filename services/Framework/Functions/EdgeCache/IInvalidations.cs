using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventsToEdgeCache;

/// <summary>Deletes documents from the edge's cache.</summary>
public interface IInvalidations
{
    /// <summary>
    /// Invalidates the documents of these products. A second call with the same versions of the same products, in any
    /// order, creates no second invalidation.
    /// </summary>
    /// <param name="changes">At least one.</param>
    Task CreateAsync(IReadOnlyCollection<ProductChange> changes, CancellationToken ct);
}

/// <summary>A product's document changed.</summary>
/// <param name="Stream">The stream with the change: the product's own, or a review's.</param>
/// <param name="Version">The version of that stream that the read model shows, or an earlier one.</param>
public sealed record ProductChange(
    Guid Product,
    StreamId Stream,
    long Version);
