using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.QueryApi.Degradation;
using ServerlessCqrs.QueryApi.Versions;
using ServerlessCqrs.ReadModels.Products;
using ServerlessCqrs.Shop;

namespace ServerlessCqrs.QueryApi.Products;

/// <summary>Reads products as they are now: from one version of the read model, and from the event store where that is away or behind.</summary>
public sealed class ProductReader(ProductVersions versions, ProductFolds folds, VersionWait wait)
{
    /// <exception cref="DependencyAwayException">Neither read model nor log can be read.</exception>
    public async Task<ProductView> ReadAsync(ProductVersion from, StreamId stream, CancellationToken ct)
    {
        try
        {
            return await ReadItemAsync(from, stream, ct);
        }
        catch (DependencyAwayException)
        {
            return await folds.FoldAsync(from, stream, HistoryBounds.Everything, ct);
        }
    }

    /// <summary>The product at <paramref name="version"/> or later: waits briefly for the read model, then folds log and tip. What it gives may still be older: the caller looks.</summary>
    /// <inheritdoc cref="ReadAsync"/>
    public async Task<ProductView> ReadAtLeastAsync(ProductVersion from, StreamId stream, long version, CancellationToken ct)
    {
        ProductRating? rating = null;
        try
        {
            var view = await wait.ReadAsync(token => ReadItemAsync(from, stream, token), view => view.Version >= version, ct);
            if (view.Version >= version) return view;
            rating = view.Rating;
        }
        catch (DependencyAwayException)
        {
            // The event store is asked at once: the read model would not get there sooner.
        }

        return await folds.FoldAsync(from, stream, HistoryBounds.Everything, ct) with { Rating = rating };
    }

    private async Task<ProductView> ReadItemAsync(ProductVersion from, StreamId stream, CancellationToken ct)
    {
        var found = await from.Circuit.CallAsync(token => from.Catalogue.FindAsync(stream, token), ct);

        // It may be retired by now, where this process has not heard of it: then it is empty.
        if (found.Item is null && from != versions.First) return await ReadItemAsync(versions.First, stream, ct);
        if (found.Item is null) versions.EnsureKnown();
        return found.Item?.Fault is null
            ? new ProductView(from, found.Item, IsFolded: false, MayLackNewest: false, found.Rating)
            : await folds.FoldAsync(from, stream, HistoryBounds.Everything, ct) with { Rating = found.Rating };
    }
}
