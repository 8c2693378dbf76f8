using Amazon.DynamoDBv2;
using ServerlessCqrs.Projections.Dynamo;

namespace ServerlessCqrs.ShopViews.Products;

/// <summary>The products, version 2: another document in a table like version 1's, that answers all that version 1's does.</summary>
public sealed class DynamoProductsV2(IAmazonDynamoDB db, string table, KnownCategories categories, DynamoPauses? pauses = null)
    : DynamoProducts<ProductDocumentV2>(db, table, new ProductProjectionV2(), categories, pauses);
