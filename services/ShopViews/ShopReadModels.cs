using ServerlessCqrs.EventStore.Snapshots;
using ServerlessCqrs.Projections;
using ServerlessCqrs.Projections.Snapshots;
using ServerlessCqrs.ShopViews.Orders;
using ServerlessCqrs.ShopViews.Products;
using ServerlessCqrs.ShopViews.Reviews;
using ServerlessCqrs.ShopViews.Search;
using StreamReader = ServerlessCqrs.EventStore.StreamReader;

namespace ServerlessCqrs.ShopViews;

/// <summary>The shop's read models, each declared here once, and nowhere else but with its tables in the topology. Who adds one, or a second version beside the first, adds a line.</summary>
public static class ShopReadModels
{
    /// <summary>What all versions of the products are called together.</summary>
    public const string Products = "products";

    public const string ProductsV1 = "products-v1";
    public const string ProductsV2 = "products-v2";
    public const string ReviewsV1 = "reviews-v1";
    public const string OrdersV1 = "orders-v1";
    public const string ProductSearchV1 = "product-search-v1";

    /// <param name="snapshots">Of products, whose streams grow for years; null to keep none.</param>
    public static ReadModelCatalogue Over(ReadModelStores stores, StreamReader reader, ISnapshots? snapshots = null) => new(
        new ReadModel(
            ProductsV1,
            Remembered(ProductsV1, stores.Products, new ProductProjection(), reader, snapshots),
            new ReadModelFollower<ReviewRating>(stores.Ratings, new RatingProjection(), reader)),
        new ReadModel(
            ProductsV2,
            Remembered(ProductsV2, stores.ProductsV2, new ProductProjectionV2(), reader, snapshots),
            new ReadModelFollower<ReviewRating>(stores.RatingsV2, new RatingProjection(), reader))
        { IsBornAsleep = true },
        new ReadModel(ReviewsV1, new ReadModelFollower<ReviewDocument>(stores.Reviews, new ReviewProjection(), reader)),
        new ReadModel(OrdersV1, new ReadModelFollower<OrderDocument>(stores.Orders, new OrderProjection(), reader)),
        new ReadModel(ProductSearchV1, new ReadModelFollower<SearchDocument>(stores.Search, new SearchProjection(), reader)));

    /// <summary>Of documents that are wanted as they were, too.</summary>
    private static ReadModelFollower<TDocument> Remembered<TDocument>(string model, IReadModel<TDocument> items, IProjection<TDocument> projection, StreamReader reader, ISnapshots? snapshots)
        where TDocument : class => new(items, projection, reader, snapshots is null ? null : new DocumentSnapshots<TDocument>(model, projection, snapshots));
}
