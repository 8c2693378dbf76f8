using Amazon.DynamoDBv2;
using ServerlessCqrs.ReadModels.Dynamo;

namespace ServerlessCqrs.ReadModels.Products;

/// <summary>
/// The products, version 1: a table by stream, with an index for each order of the lists. Only a product that lists show has the indexes' attributes: a tombstone leaves the lists by having none.
/// </summary>
public sealed class DynamoProductsV1(IAmazonDynamoDB db, string table, KnownCategories categories)
    : DynamoReadModel<ProductDocument>(db, table, new ProductProjection(), "category", "priceKey", "nameKey", "newestKey", "summary"), IProductCatalogue
{
    private readonly DynamoProductLists _lists = new(db, table, categories);

    public override async Task<bool> SaveAsync(ReadModelItem<ProductDocument> item, ReadModelItem<ProductDocument>? stored, CancellationToken ct)
    {
        if (item.Document is { } document && document.IsListed()) await categories.AddAsync(document.Category, ct);
        return await base.SaveAsync(item, stored, ct);
    }

    public Task<ProductPage> BrowseAsync(ProductBrowse query, CancellationToken ct) => _lists.BrowseAsync(query, ct);

    protected override IReadOnlyDictionary<string, string> Index(ProductDocument document) => document.IsListed()
        ? new Dictionary<string, string>
        {
            ["category"] = document.Category,
            ["priceKey"] = ProductKeys.Of(ProductSort.Price, document),
            ["nameKey"] = ProductKeys.Of(ProductSort.Name, document),
            ["newestKey"] = ProductKeys.Of(ProductSort.Newest, document),
            ["summary"] = ProductJson.Write(document.Summarize()),
        }
        : new Dictionary<string, string>();
}
