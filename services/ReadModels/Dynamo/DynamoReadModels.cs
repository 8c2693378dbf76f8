using Amazon.DynamoDBv2;
using Microsoft.Extensions.Configuration;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.ReadModels.Products;

namespace ServerlessCqrs.ReadModels.Dynamo;

/// <summary>The tables of the read models, by name.</summary>
public sealed record ReadModelTables(
    string ProductsV1,
    string Checkpoints)
{
    /// <summary>As a program's settings name them.</summary>
    public static ReadModelTables Of(IConfiguration configuration) => new(
        configuration.Required("PRODUCTS_V1_TABLE"),
        configuration.Required("CHECKPOINTS_TABLE"));
}

/// <summary>The read models' stores on DynamoDB.</summary>
public sealed class DynamoReadModels(IAmazonDynamoDB db, ReadModelTables tables, TimeProvider time)
{
    public DynamoProductsV1 Products { get; } = new(db, tables.ProductsV1, new KnownCategories(db, tables.Checkpoints, ShopReadModels.ProductsV1, time));

    public ReadModelStores Stores => new(Products);
}
