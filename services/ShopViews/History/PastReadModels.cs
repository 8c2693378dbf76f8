using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Snapshots;
using ServerlessCqrs.Projections;
using ServerlessCqrs.Projections.History;
using ServerlessCqrs.Projections.Snapshots;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Orders;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Shop.Reviews;
using ServerlessCqrs.ShopViews.Orders;
using ServerlessCqrs.ShopViews.Products;
using ServerlessCqrs.Streams;
using StreamReader = ServerlessCqrs.EventStore.StreamReader;

namespace ServerlessCqrs.ShopViews.History;

/// <summary>
/// Read models as they were: the streams in question, up to a time, folded into stores in memory by the projections that fill the real ones, and then asked as those are. What began within the last seconds may be missing: it is found
/// once the log has it.
/// </summary>
/// <param name="mostProducts">Of a category that is read as it was: it bounds what a request of anybody costs tips and log.</param>
public sealed class PastReadModels(IStreamLookup lookup, StreamReader reader, ISnapshots snapshots, int mostProducts = PastReadModels.MostProducts)
{
    /// <summary>Folded in some two seconds.</summary>
    public const int MostProducts = 5_000;

    private readonly DocumentSnapshots<ProductDocument> _products = new(ShopReadModels.ProductsV1, new ProductProjection(), snapshots);

    /// <summary>A page of a category as it was. Each page folds the category anew, some thousand products in a second or so.</summary>
    /// <param name="query">Names a category.</param>
    /// <exception cref="InvalidCursorException">The cursor is not one that this query gave.</exception>
    /// <exception cref="TooManyStreamsException">The category had more products than are folded for one page.</exception>
    public async Task<ProductPage> BrowseAsync(ProductBrowse query, DateTimeOffset asOf, CancellationToken ct)
    {
        var past = new InMemoryProducts();
        var products = await lookup.FindAsync(ProductStreams.Category, EventFields.Category, [query.Category!], asOf, ct);
        if (products.Count > mostProducts) throw new TooManyStreamsException(mostProducts);
        await FillAsync(past, new ProductProjection(), products, asOf, ct, _products);
        var page = await past.BrowseAsync(query, ct);

        // No list is in the order of ratings: only what is shown needs them.
        await FillAsync(past.Ratings, new RatingProjection(), await ReviewsAsync(page.Items.Select(product => product.Id), asOf, ct), asOf, ct);
        return await past.BrowseAsync(query, ct);
    }

    /// <summary>What the reviews of a product that were approved by then said together.</summary>
    public async Task<ProductRating> RatingAsync(Guid product, DateTimeOffset asOf, CancellationToken ct)
    {
        var past = new InMemoryProducts();
        await FillAsync(past.Ratings, new RatingProjection(), await ReviewsAsync([product], asOf, ct), asOf, ct);
        return (await past.FindAsync(ProductStreams.IdOf(product), ct)).Rating;
    }

    /// <summary>A customer's orders as they were.</summary>
    public async Task<IOrderQueries> OrdersAsync(string customer, DateTimeOffset asOf, CancellationToken ct)
    {
        var past = new InMemoryReadModel<OrderDocument>();
        await FillAsync(past, new OrderProjection(), await lookup.FindAsync(OrderStreams.Category, EventFields.Customer, [customer], asOf, ct), asOf, ct);
        return new OrderQueries(past);
    }

    private Task<IReadOnlyList<StreamId>> ReviewsAsync(IEnumerable<Guid> products, DateTimeOffset asOf, CancellationToken ct) =>
        lookup.FindAsync(ReviewStreams.Category, EventFields.ProductId, [.. products.Select(product => product.ToString("D"))], asOf, ct);

    /// <param name="snapshots">Of the documents: a stream that has one is a read of its own, and all others are one; null for none.</param>
    private async Task FillAsync<TDocument>(
        InMemoryReadModel<TDocument> past,
        IProjection<TDocument> projection,
        IReadOnlyCollection<StreamId> streams,
        DateTimeOffset asOf,
        CancellationToken ct,
        DocumentSnapshots<TDocument>? snapshots = null)
        where TDocument : class
    {
        var bounds = new HistoryBounds(AsOf: asOf);
        var from = snapshots is null ? new Dictionary<StreamId, ReadModelItem<TDocument>>() : await snapshots.FindAsync(streams, bounds, ct);
        foreach (var events in (await reader.ReadAsync([.. streams.Where(stream => !from.ContainsKey(stream))], bounds, ct)).Values)
            if (projection.Fold(events) is { } item) await past.SaveAsync(item, null, ct);
        foreach (var snapshot in from.Values)
            await past.SaveAsync(projection.Fold(await reader.ReadAsync(snapshot.Stream, bounds with { FromVersion = snapshot.Version + 1 }, ct), snapshot)!, null, ct);
    }
}
