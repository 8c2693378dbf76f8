using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.Projections;
using ServerlessCqrs.Projections.Snapshots;
using ServerlessCqrs.ShopViews.Products;
using ServerlessCqrs.Streams;
using ServerlessCqrs.Web.Degradation;

namespace ServerlessCqrs.QueryApi.Products;

/// <summary>Products of one version of the read model as they were, or are, folded from their events.</summary>
public interface IPastProducts
{
    /// <summary>The product within the bounds, and whether its newest commit may be missing.</summary>
    /// <exception cref="DependencyAwayException">The log is away.</exception>
    /// <exception cref="EventStore.HistoryGapException">Log and tip together miss a version.</exception>
    Task<(ReadModelItem<ProductDocument>? Item, bool MayLackNewest)> FoldAsync(Lane lane, StreamId stream, HistoryBounds bounds, CancellationToken ct);

    /// <summary>The product that these events make, from its first one on.</summary>
    ReadModelItem<ProductDocument>? Fold(IReadOnlyList<EventRecord> events);
}

/// <summary>From the newest snapshot within the bounds on.</summary>
/// <param name="model">Whose snapshots these are.</param>
/// <param name="asProduct">What a reader gets of an item.</param>
internal sealed class PastProducts<TDocument>(
    string model,
    IProjection<TDocument> projection,
    Func<ReadModelItem<TDocument>, ReadModelItem<ProductDocument>> asProduct) : IPastProducts
    where TDocument : class
{
    public async Task<(ReadModelItem<ProductDocument>? Item, bool MayLackNewest)> FoldAsync(Lane lane, StreamId stream, HistoryBounds bounds, CancellationToken ct)
    {
        var snapshot = await new DocumentSnapshots<TDocument>(model, projection, lane.Log).FindAsync(stream, bounds, ct);
        var (events, mayLackNewest) = await lane.Streams.ReadAsync(stream, bounds with { FromVersion = (snapshot?.Version ?? 0) + 1 }, ct);
        return (Fold(events, snapshot), mayLackNewest);
    }

    public ReadModelItem<ProductDocument>? Fold(IReadOnlyList<EventRecord> events) => Fold(events, snapshot: null);

    private ReadModelItem<ProductDocument>? Fold(IReadOnlyList<EventRecord> events, ReadModelItem<TDocument>? snapshot) =>
        projection.Fold(events, snapshot) is { } item ? asProduct(item) : null;
}
