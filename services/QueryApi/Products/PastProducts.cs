using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Snapshots;
using ServerlessCqrs.QueryApi.Degradation;
using ServerlessCqrs.ReadModels;
using ServerlessCqrs.ReadModels.Products;
using ServerlessCqrs.ReadModels.Snapshots;
using ServerlessCqrs.Shop;

namespace ServerlessCqrs.QueryApi.Products;

/// <summary>Products of one version of the read model as they were, or are, folded from their events.</summary>
public interface IPastProducts
{
    /// <summary>The product within the bounds, and whether its newest commit may be missing.</summary>
    /// <exception cref="DependencyAwayException">The log is away.</exception>
    /// <exception cref="EventStore.HistoryGapException">Log and tip together miss a version.</exception>
    Task<(ReadModelItem<ProductDocument>? Item, bool MayLackNewest)> FoldAsync(StreamId stream, HistoryBounds bounds, CancellationToken ct);
}

/// <summary>From the newest snapshot within the bounds on.</summary>
/// <param name="model">Whose snapshots these are.</param>
/// <param name="asProduct">What a reader gets of an item.</param>
internal sealed class PastProducts<TDocument>(
    string model,
    IProjection<TDocument> projection,
    Func<ReadModelItem<TDocument>, ReadModelItem<ProductDocument>> asProduct,
    GuardedStreams streams,
    ISnapshots snapshots) : IPastProducts
    where TDocument : class
{
    private readonly DocumentSnapshots<TDocument> _snapshots = new(model, projection, snapshots);

    public async Task<(ReadModelItem<ProductDocument>? Item, bool MayLackNewest)> FoldAsync(StreamId stream, HistoryBounds bounds, CancellationToken ct)
    {
        var snapshot = await _snapshots.FindAsync(stream, bounds, ct);
        var (events, mayLackNewest) = await streams.ReadAsync(stream, bounds with { FromVersion = (snapshot?.Version ?? 0) + 1 }, ct);
        return (projection.Fold(events, snapshot) is { } item ? asProduct(item) : null, mayLackNewest);
    }
}
