using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.Projections;
using ServerlessCqrs.Projections.Routing;
using ServerlessCqrs.Projections.Snapshots;
using ServerlessCqrs.Shop;
using ServerlessCqrs.ShopViews;
using ServerlessCqrs.ShopViews.Products;
using ServerlessCqrs.Streams;
using ServerlessCqrs.Web;
using ServerlessCqrs.Web.Degradation;
using ServerlessCqrs.Web.Freshness;

namespace ServerlessCqrs.QueryApi;

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

/// <summary>What is known of a product, and how it became known.</summary>
/// <param name="From">The version of the read model whose document it is.</param>
/// <param name="Item">Null where there is no such product; without a document once it is deleted.</param>
/// <param name="IsFolded">Whether it was folded from events, not read from the read model.</param>
/// <param name="MayLackNewest">Whether only the log could be read, which may lack the newest commit.</param>
/// <param name="Rating">What its reviews say; null where only the product's own events are known.</param>
public sealed record ProductView(
    ProductVersion From,
    ReadModelItem<ProductDocument>? Item,
    bool IsFolded,
    bool MayLackNewest,
    ProductRating? Rating = null)
{
    public long Version => Item?.Version ?? 0;

    /// <summary>The document with its rating, as far as that is known; null where there is none.</summary>
    public ProductDocument? Document => new RatedProduct(Item, Rating ?? ProductRating.None).Document;
}

/// <summary>Products folded from their events by the projection that fills the read model, in whichever version: the same document.</summary>
public sealed class ProductFolds(Lanes lanes, UnprojectedStreams unprojected)
{
    /// <summary>The product as it was at some point, and what its reviews said by then: by that time, or by that version's. Where the tips are away, without its reviews.</summary>
    /// <exception cref="DependencyAwayException">The log is away.</exception>
    public async Task<ProductView> FoldPastAsync(ProductVersion version, StreamId stream, HistoryBounds bounds, CancellationToken ct)
    {
        var view = await FoldAsync(version, lanes.Public, stream, bounds, ct);
        if (view.Document is not { } document || view.MayLackNewest) return view;
        return view with { Rating = await lanes.Public.Past().RatingAsync(document.Id, bounds.AsOf ?? document.UpdatedAt, ct) };
    }

    /// <summary>The product as log and tip have it, without its reviews; as the log alone has it where the tips are away.</summary>
    /// <exception cref="DependencyAwayException">The log is away too.</exception>
    public Task<ProductView> FoldAsync(ProductVersion version, StreamId stream, CancellationToken ct) => FoldAsync(version, lanes.Usual, stream, HistoryBounds.Everything, ct);

    /// <summary>A product that the read model does not have, or not at the version that is asked for. Its tip is looked at first: usually it has all there is, or shows that there is nothing.</summary>
    /// <exception cref="DependencyAwayException">Tips or log are away: nobody knows whether there is such a product.</exception>
    public async Task<ProductView> FoldUnprojectedAsync(ProductVersion version, StreamId stream, CancellationToken ct)
    {
        try
        {
            if (await unprojected.FindAsync(stream, ct) is not { } tip) return new ProductView(version, Item: null, IsFolded: false, MayLackNewest: false);
            if (tip.Newest.Events is [{ Version: 1 }, ..] all) return new ProductView(version, version.Past.Fold(all), IsFolded: true, MayLackNewest: false);
        }
        catch (DependencyAwayException)
        {
            // The log alone may have it.
        }

        return await FoldAsync(version, unprojected.Lane, stream, HistoryBounds.Everything, ct);
    }

    private static async Task<ProductView> FoldAsync(ProductVersion version, Lane lane, StreamId stream, HistoryBounds bounds, CancellationToken ct)
    {
        var (item, mayLackNewest) = await version.Past.FoldAsync(lane, stream, bounds, ct);
        return new ProductView(version, item, IsFolded: true, mayLackNewest);
    }
}

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

/// <summary>One version of the products: where it lies, and how it comes from events.</summary>
/// <param name="Tag">What the entity tags of its documents end with; null for the first version's.</param>
public sealed record ProductVersion(
    string? Tag,
    IProductCatalogue Catalogue,
    Dependency Circuit,
    IPastProducts Past);

/// <summary>The versions of the products, and which of them answers a request: the one that operators have routed its bucket to, else the first.</summary>
public sealed class ProductVersions(
    IProductCatalogue catalogue,
    [FromKeyedServices(ShopReadModels.ProductsV2)] IProductCatalogue catalogueV2,
    CurrentRoutes routes,
    ReadModelCircuits circuits)
{
    private readonly ProductVersion _second = new(
        "v2", catalogueV2, circuits.ProductsV2, new PastProducts<ProductDocumentV2>(ShopReadModels.ProductsV2, new ProductProjectionV2(), item => item.AsProduct()));

    public ProductVersion First { get; } = new(
        Tag: null, catalogue, circuits.Products, new PastProducts<ProductDocument>(ShopReadModels.ProductsV1, new ProductProjection(), item => item));

    /// <summary>What answers now: routes may be two seconds old. One to a version that this code does not know answers nobody.</summary>
    public ValueTask<ProductVersion> OfAsync(HttpRequest request) => OfAsync(RequestBucket.Of(request));

    /// <summary>What answers whoever is in no bucket, and wherever it does not matter who asks.</summary>
    public ValueTask<ProductVersion> OfAnyoneAsync() => OfAsync(bucket: null);

    /// <summary>To be called before it is said that something is not there.</summary>
    /// <exception cref="DependencyAwayException">Nobody knows yet which version to ask.</exception>
    public void EnsureKnown()
    {
        if (!routes.AreKnown) throw new DependencyAwayException(circuits.Products.Name, null);
    }

    private async ValueTask<ProductVersion> OfAsync(int? bucket) => await routes.OfAsync(ShopReadModels.Products) is { Model: ShopReadModels.ProductsV2 } route && route.Takes(bucket) ? _second : First;
}

/// <summary>The bucket that the edge put a request into, by the segment that its client named. No client can name one: the edge takes away what comes as one.</summary>
public static class RequestBucket
{
    public static string Header { get; } = new EdgeHeaders(ShopDomain.HeaderPrefix).Bucket;

    /// <summary>Null for none.</summary>
    public static int? Of(HttpRequest request) =>
        request.Headers[Header] is [{ } text] && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var bucket) && bucket < ReadModelRoute.Buckets ? bucket : null;
}
