using Amazon.DynamoDBv2;
using ServerlessCqrs.Projections.Dynamo;
using ServerlessCqrs.ShopViews.Orders;
using ServerlessCqrs.ShopViews.Products;
using ServerlessCqrs.ShopViews.Reviews;
using ServerlessCqrs.ShopViews.Search;

namespace ServerlessCqrs.ShopViews;

/// <summary>The tables of the read models, by name.</summary>
public sealed record ReadModelTables(
    string ProductsV1,
    string ProductsV2,
    string ReviewsV1,
    string OrdersV1,
    string ProductSearchV1,
    string ProductSearchV1Words,
    string Checkpoints)
{
    /// <param name="setting">A setting's value, by its name.</param>
    public static ReadModelTables Of(Func<string, string> setting) => new(
        setting("PRODUCTS_V1_TABLE"),
        setting("PRODUCTS_V2_TABLE"),
        setting("REVIEWS_V1_TABLE"),
        setting("ORDERS_V1_TABLE"),
        setting("PRODUCT_SEARCH_V1_TABLE"),
        setting("PRODUCT_SEARCH_V1_WORDS_TABLE"),
        setting("CHECKPOINTS_TABLE"));
}

/// <summary>The read models' stores on DynamoDB.</summary>
public sealed class DynamoReadModels(IAmazonDynamoDB db, ReadModelTables tables, TimeProvider time, DynamoPauses pauses)
{
    public DynamoReadModels(IAmazonDynamoDB db, ReadModelTables tables, TimeProvider time)
        : this(db, tables, time, new DynamoPauses(time))
    {
    }

    public DynamoProductsV1 Products { get; } = new(db, tables.ProductsV1, new KnownCategories(db, tables.Checkpoints, ShopReadModels.ProductsV1, time), pauses);

    public DynamoProductsV2 ProductsV2 { get; } = new(db, tables.ProductsV2, new KnownCategories(db, tables.Checkpoints, ShopReadModels.ProductsV2, time), pauses);

    public DynamoReviewsV1 Reviews { get; } = new(db, tables.ReviewsV1, pauses);

    public DynamoOrdersV1 Orders { get; } = new(db, tables.OrdersV1, pauses);

    public DynamoProductSearchV1 Search { get; } = new(db, tables.ProductSearchV1, tables.ProductSearchV1Words, pauses);

    public ReadModelStores Stores => new(Products, Products.Ratings, ProductsV2, ProductsV2.Ratings, Reviews, Orders, Search);
}
