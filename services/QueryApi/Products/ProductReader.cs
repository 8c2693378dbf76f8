using ServerlessCqrs.ShopViews.Products;
using ServerlessCqrs.Streams;
using ServerlessCqrs.Web.Degradation;
using ServerlessCqrs.Web.Freshness;

namespace ServerlessCqrs.QueryApi.Products;

/// <summary>Reads products as they are now: from one version of the read model, and from the event store where that is away or behind.</summary>
public sealed class ProductReader(ProductVersions versions, ProductFolds folds, UnprojectedStreams unprojected, VersionWait wait)
{
    /// <summary>The product. One that the read model does not have yet is folded from its events: nobody is told that there is none before its tip was looked at.</summary>
    /// <exception cref="DependencyAwayException">Neither read model nor log can be read, or nobody knows whether there is such a product.</exception>
    public async Task<ProductView> ReadAsync(ProductVersion from, StreamId stream, CancellationToken ct)
    {
        ProductView shown;
        try
        {
            shown = await ReadItemAsync(from, stream, ct);
        }
        catch (DependencyAwayException)
        {
            return await folds.FoldAsync(from, stream, ct);
        }

        return shown.Item is null ? await folds.FoldUnprojectedAsync(shown.From, stream, ct) with { Rating = shown.Rating } : shown;
    }

    /// <summary>
    /// The product at <paramref name="version"/> or later: waits briefly for the read model, then folds log and tip. What it gives may still be older: the caller looks. Null where the version lies so far beyond the tip that nobody can
    /// have been told of it.
    /// </summary>
    /// <inheritdoc cref="ReadAsync"/>
    public async Task<ProductView?> ReadAtLeastAsync(ProductVersion from, StreamId stream, long version, CancellationToken ct)
    {
        ProductView? shown = null;
        try
        {
            shown = await ReadItemAsync(from, stream, ct);
            if (shown.Version < version)
            {
                if (!await unprojected.MayReachAsync(stream, version, ct)) return null;
                shown = await wait.ReadAsync(token => ReadItemAsync(from, stream, token), view => view.Version >= version, ct);
            }

            if (shown.Version >= version) return shown;
        }
        catch (DependencyAwayException)
        {
            // The event store is asked at once: the read model would not get there sooner.
        }

        var folded = shown is null ? await folds.FoldAsync(from, stream, ct) : await folds.FoldUnprojectedAsync(shown.From, stream, ct) with { Rating = shown.Rating };
        return folded.MayLackNewest || VersionWait.MayReach(version, folded.Version) ? folded : null;
    }

    private async Task<ProductView> ReadItemAsync(ProductVersion from, StreamId stream, CancellationToken ct)
    {
        var found = await from.Circuit.CallAsync(token => from.Catalogue.FindAsync(stream, token), ct);

        // It may be retired by now, where this process has not heard of it: then it is empty.
        if (found.Item is null && from != versions.First) return await ReadItemAsync(versions.First, stream, ct);
        if (found.Item is null) versions.EnsureKnown();
        return found.Item?.Fault is null
            ? new ProductView(from, found.Item, IsFolded: false, MayLackNewest: false, found.Rating)
            : await folds.FoldAsync(from, stream, ct) with { Rating = found.Rating };
    }
}
