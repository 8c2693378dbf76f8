using Amazon.DynamoDBv2;

namespace ServerlessCqrs.ReadModels.Products;

/// <summary>The products, version 1.</summary>
public sealed class DynamoProductsV1(IAmazonDynamoDB db, string table, KnownCategories categories)
    : DynamoProducts<ProductDocument>(db, table, new ProductProjection(), document => document, categories);
