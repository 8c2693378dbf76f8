using Amazon.DynamoDBv2;
using ServerlessCqrs.Projections.Dynamo;

namespace ServerlessCqrs.ShopViews.Products;

/// <summary>The products, version 1.</summary>
public sealed class DynamoProductsV1(IAmazonDynamoDB db, string table, KnownCategories categories, DynamoPauses? pauses = null)
    : DynamoProducts<ProductDocument>(db, table, new ProductProjection(), categories, pauses);
