using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.QueryApi.Degradation;
using ServerlessCqrs.QueryApi.Versions;
using ServerlessCqrs.ReadModels;
using ServerlessCqrs.ReadModels.Products;
using ServerlessCqrs.Shop;

namespace ServerlessCqrs.QueryApi.Products;

/// <summary>Reads products as they are now: from the read model, and from the event store where that is away or behind.</summary>
public sealed class ProductReader(IProductCatalogue catalogue, ProductFolds folds, Dependencies dependencies, VersionWait wait)
{
    /// <exception cref="DependencyAwayException">Neither read model nor log can be read.</exception>
    public async Task<ProductView> ReadAsync(StreamId stream, CancellationToken ct)
    {
        try
        {
            return await ReadItemAsync(stream, ct);
        }
        catch (DependencyAwayException)
        {
            return await folds.FoldAsync(stream, HistoryBounds.Everything, ct);
        }
    }

    /// <summary>The product at <paramref name="version"/> or later: waits briefly for the read model, then folds log and tip. What it gives may still be older: the caller looks.</summary>
    /// <inheritdoc cref="ReadAsync"/>
    public async Task<ProductView> ReadAtLeastAsync(StreamId stream, long version, CancellationToken ct)
    {
        ProductRating? rating = null;
        try
        {
            var view = await wait.ReadAsync(token => ReadItemAsync(stream, token), view => view.Version >= version, ct);
            if (view.Version >= version) return view;
            rating = view.Rating;
        }
        catch (DependencyAwayException)
        {
            // The event store is asked at once: the read model would not get there sooner.
        }

        return await folds.FoldAsync(stream, HistoryBounds.Everything, ct) with { Rating = rating };
    }

    private async Task<ProductView> ReadItemAsync(StreamId stream, CancellationToken ct)
    {
        var found = await dependencies.Products.CallAsync(token => catalogue.FindAsync(stream, token), ct);
        return found.Item?.Fault is null
            ? new ProductView(found.Item, IsFolded: false, MayLackNewest: false, found.Rating)
            : await folds.FoldAsync(stream, HistoryBounds.Everything, ct) with { Rating = found.Rating };
    }
}
