using ServerlessCqrs.Projections;
using ServerlessCqrs.Projections.Declarations;
using ServerlessCqrs.ShopViews.Orders;
using ServerlessCqrs.ShopViews.Products;
using ServerlessCqrs.ShopViews.Reviews;
using ServerlessCqrs.ShopViews.Search;

namespace ServerlessCqrs.ShopViews;

/// <summary>
/// The shop's read models, each declared here and nowhere else. Tables, settings, stores, circuits, lag and rights follow. To add
/// one, or a second version beside the first, declare its document and add it to <see cref="All"/>.
/// </summary>
public static class ShopReadModels
{
    /// <summary>What all versions of the products are called together.</summary>
    public const string Products = "products";

    public const string ProductsV1 = "products-v1";
    public const string ProductsV2 = "products-v2";
    public const string ReviewsV1 = "reviews-v1";
    public const string OrdersV1 = "orders-v1";
    public const string ProductSearchV1 = "product-search-v1";

    public static DocumentDeclaration<ProductDocument> ProductDocuments { get; } = Product(new ProductProjection());

    public static DocumentDeclaration<ProductDocumentV2> ProductDocumentsV2 { get; } = Product(new ProductProjectionV2());

    /// <summary>What each review adds to its product, in the products' table.</summary>
    public static DocumentDeclaration<ReviewRating> Ratings { get; } = new(new RatingProjection());

    public static DocumentDeclaration<ReviewRating> RatingsV2 { get; } = new(new RatingProjection());

    public static DocumentDeclaration<ReviewDocument> ReviewDocuments { get; } = new(new ReviewProjection()) { Lists = [ReviewLists.ByProduct] };

    /// <summary>The orders, and the summary of each customer's.</summary>
    public static DocumentDeclaration<OrderDocument> OrderDocuments { get; } = new(new OrderProjection()) { Lists = [OrderLists.ByCustomer] };

    /// <summary>What of each product can be searched.</summary>
    public static DocumentDeclaration<SearchDocument> SearchDocuments { get; } = new(new SearchProjection())
    {
        Lists = [SearchLists.ByPrice, SearchLists.ByName],
        Dynamo = (table, search) => new DynamoProductSearchV1(table.Db, table.Name, table.NameOf(SearchLists.Words), search, table.Pauses),
        InMemory = _ => new InMemoryProductSearch(),
    };

    public static ReadModelDeclarations All { get; } = new(
        // A product is read in some 5 ms. The event store answers sooner than a read that takes longer than 300 ms.
        new ReadModelDeclaration(ProductsV1, ProductDocuments, Ratings) { ReadLimit = TimeSpan.FromMilliseconds(300) },
        new ReadModelDeclaration(ProductsV2, ProductDocumentsV2, RatingsV2) { ReadLimit = TimeSpan.FromMilliseconds(300), IsBornAsleep = true },
        new ReadModelDeclaration(ReviewsV1, ReviewDocuments),
        new ReadModelDeclaration(OrdersV1, OrderDocuments),
        new ReadModelDeclaration(ProductSearchV1, SearchDocuments) { ReadLimit = TimeSpan.FromSeconds(2), BesideItems = [SearchLists.Words] });

    private static DocumentDeclaration<TDocument> Product<TDocument>(IProjection<TDocument> projection)
        where TDocument : ProductDocument => new(projection)
        {
            Lists = ProductLists.Of<TDocument>(),
            Beside = ProductLists.Beside<TDocument>(),
            HasSnapshots = true,
            Dynamo = (table, products) => new DynamoProducts<TDocument>(
                table.Db,
                table.Name,
                products,
                new KnownCategories(table.Db, table.Checkpoints, table.Model.Name, table.Clock),
                table.Pauses),
            InMemory = aggregates => new InMemoryProducts<TDocument>(aggregates),
        };
}
