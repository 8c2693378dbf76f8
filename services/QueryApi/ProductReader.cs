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

/// <summary>
/// Reads current products from one version of the read model, or from the event store while that is unavailable or
/// lags.
/// </summary>
public sealed class ProductReader(ProductVersions versions, ProductFolds folds, UnprojectedStreams unprojected, VersionWait wait)
{
    /// <summary>
    /// Returns the product. A product that the read model does not have yet is folded from its events. It reads the tip
    /// before it reports that there is none.
    /// </summary>
    /// <exception cref="DependencyAwayException">Neither read model nor log can be read, or it is unknown whether the
    /// product exists.</exception>
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
    /// Returns the product at <paramref name="version"/> or later. It waits briefly for the read model, and then folds
    /// log and tip. The result may still be older, which the caller checks. Returns null if the version is so far
    /// beyond the tip that no client can have seen it.
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
            // Reads the event store immediately, because waiting for the read model would take longer.
        }

        var folded = shown is null ? await folds.FoldAsync(from, stream, ct) : await folds.FoldUnprojectedAsync(shown.From, stream, ct) with { Rating = shown.Rating };
        return folded.MayLackNewest || VersionWait.MayReach(version, folded.Version) ? folded : null;
    }

    private async Task<ProductView> ReadItemAsync(ProductVersion from, StreamId stream, CancellationToken ct)
    {
        var found = await from.Circuit.CallAsync(token => from.Catalogue.FindAsync(stream, token), ct);

        // This version may be retired without this process knowing it. Then it is empty.
        if (found.Item is null && from != versions.First) return await ReadItemAsync(versions.First, stream, ct);
        if (found.Item is null) versions.EnsureKnown();
        return found.Item?.Fault is null
            ? new ProductView(from, found.Item, IsFolded: false, MayLackNewest: false, found.Rating)
            : await folds.FoldAsync(from, stream, ct) with { Rating = found.Rating };
    }
}

/// <summary>What is known about a product, and where it was read.</summary>
/// <param name="From">The version of the read model that defines the document.</param>
/// <param name="Item">Null if there is no such product. Without a document after the product was deleted.</param>
/// <param name="IsFolded">True if it was folded from events and not read from the read model.</param>
/// <param name="MayLackNewest">True if only the log could be read, which may lack the latest commit.</param>
/// <param name="Rating">The rating of its reviews, or null if only the product's own events are known.</param>
public sealed record ProductView(
    ProductVersion From,
    ReadModelItem<ProductDocument>? Item,
    bool IsFolded,
    bool MayLackNewest,
    ProductRating? Rating = null)
{
    public long Version => Item?.Version ?? 0;

    /// <summary>The document with its rating, if known. Null if there is none.</summary>
    public ProductDocument? Document => new RatedProduct(Item, Rating ?? ProductRating.None).Document;
}

/// <summary>
/// Folds products from their events with the read model's projection, in any version. The result is the same document.
/// </summary>
public sealed class ProductFolds(Lanes lanes, UnprojectedStreams unprojected)
{
    /// <summary>
    /// Folds a past product with the reviews of that time, or of that version's time. While the tips are unavailable,
    /// without its reviews.
    /// </summary>
    /// <exception cref="DependencyAwayException">The log is unavailable.</exception>
    public async Task<ProductView> FoldPastAsync(ProductVersion version, StreamId stream, HistoryBounds bounds, CancellationToken ct)
    {
        var view = await FoldAsync(version, lanes.Public, stream, bounds, ct);
        if (view.Document is not { } document || view.MayLackNewest) return view;
        return view with { Rating = await lanes.Public.Past().RatingAsync(document.Id, bounds.AsOf ?? document.UpdatedAt, ct) };
    }

    /// <summary>
    /// Folds the product from log and tip without its reviews, or only from the log while the tips are unavailable.
    /// </summary>
    /// <exception cref="DependencyAwayException">The log is unavailable too.</exception>
    public Task<ProductView> FoldAsync(ProductVersion version, StreamId stream, CancellationToken ct) => FoldAsync(version, lanes.Usual, stream, HistoryBounds.Everything, ct);

    /// <summary>
    /// Folds a product that the read model does not have, or not at the requested version. It reads the tip first,
    /// which usually has all events, or shows that there are none.
    /// </summary>
    /// <exception cref="DependencyAwayException">Tips or log are unavailable, so it is unknown whether the product
    /// exists.</exception>
    public async Task<ProductView> FoldUnprojectedAsync(ProductVersion version, StreamId stream, CancellationToken ct)
    {
        try
        {
            if (await unprojected.FindAsync(stream, ct) is not { } tip) return new ProductView(version, Item: null, IsFolded: false, MayLackNewest: false);
            if (tip.Newest.Events is [{ Version: 1 }, ..] all) return new ProductView(version, version.Past.Fold(all), IsFolded: true, MayLackNewest: false);
        }
        catch (DependencyAwayException)
        {
            // Only the log may have it.
        }

        return await FoldAsync(version, unprojected.Lane, stream, HistoryBounds.Everything, ct);
    }

    private static async Task<ProductView> FoldAsync(ProductVersion version, Lane lane, StreamId stream, HistoryBounds bounds, CancellationToken ct)
    {
        var (item, mayLackNewest) = await version.Past.FoldAsync(lane, stream, bounds, ct);
        return new ProductView(version, item, IsFolded: true, mayLackNewest);
    }
}

/// <summary>Folds current and past products of one version of the read model from their events.</summary>
public interface IPastProducts
{
    /// <summary>Returns the product within the bounds, and whether its latest commit may be missing.</summary>
    /// <exception cref="DependencyAwayException">The log is unavailable.</exception>
    /// <exception cref="EventStore.HistoryGapException">A version is missing from both log and tip.</exception>
    Task<(ReadModelItem<ProductDocument>? Item, bool MayLackNewest)> FoldAsync(Lane lane, StreamId stream, HistoryBounds bounds, CancellationToken ct);

    /// <summary>Folds these events from the first one on.</summary>
    ReadModelItem<ProductDocument>? Fold(IReadOnlyList<EventRecord> events);
}

/// <summary>Folds from the latest snapshot within the bounds.</summary>
/// <param name="model">The read model whose snapshots are used.</param>
/// <param name="asProduct">Converts an item for readers.</param>
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

/// <summary>One version of the products: its store, and its projection.</summary>
/// <param name="Tag">The suffix of its documents' entity tags, or null for the first version.</param>
public sealed record ProductVersion(
    string? Tag,
    IProductCatalogue Catalogue,
    Dependency Circuit,
    IPastProducts Past);

/// <summary>
/// Selects the version of the products that serves a request: the one to which operators have routed its bucket, or the
/// first.
/// </summary>
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

    /// <summary>
    /// Returns the version for a request. Routes may be two seconds old. A route to an unknown version is ignored.
    /// </summary>
    public ValueTask<ProductVersion> OfAsync(HttpRequest request) => OfAsync(RequestBucket.Of(request));

    /// <summary>
    /// Returns the version for readers without a bucket, and for uses where the reader does not matter.
    /// </summary>
    public ValueTask<ProductVersion> OfAnyoneAsync() => OfAsync(bucket: null);

    /// <summary>Call this before reporting that something does not exist.</summary>
    /// <exception cref="DependencyAwayException">The routes are not known yet.</exception>
    public void EnsureKnown()
    {
        if (!routes.AreKnown) throw new DependencyAwayException(circuits.Products.Name, null);
    }

    private async ValueTask<ProductVersion> OfAsync(int? bucket) => await routes.OfAsync(ShopReadModels.Products) is { Model: ShopReadModels.ProductsV2 } route && route.Takes(bucket) ? _second : First;
}

/// <summary>
/// The bucket that the edge assigned to a request by its client's segment. Clients cannot choose one, because the edge
/// removes the header from their requests.
/// </summary>
public static class RequestBucket
{
    public static string Header { get; } = new EdgeHeaders(ShopDomain.HeaderPrefix).Bucket;

    /// <summary>Returns null if there is none.</summary>
    public static int? Of(HttpRequest request) =>
        request.Headers[Header] is [{ } text] && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var bucket) && bucket < ReadModelRoute.Buckets ? bucket : null;
}
