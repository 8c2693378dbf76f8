using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.QueryApi.Degradation;
using ServerlessCqrs.ReadModels;
using ServerlessCqrs.ReadModels.Products;
using ServerlessCqrs.Shop;

namespace ServerlessCqrs.QueryApi.Products;

/// <summary>Products folded from their events by the projection that fills the read model: the same document.</summary>
public sealed class ProductFolds(GuardedStreams streams, IProjection<ProductDocument> projection)
{
    /// <summary>The product as log and tip have it; as the log alone has it where the tips are away.</summary>
    /// <exception cref="DependencyAwayException">The log is away too.</exception>
    public async Task<ProductView> FoldAsync(StreamId stream, HistoryBounds bounds, CancellationToken ct)
    {
        var (events, mayLackNewest) = await streams.ReadAsync(stream, bounds, ct);
        return new ProductView(projection.Fold(events), IsFolded: true, mayLackNewest);
    }
}
