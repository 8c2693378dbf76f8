using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using ServerlessCqrs.Projections.Dynamo;
using ServerlessCqrs.Shop.Products;

namespace ServerlessCqrs.ShopViews.Products;

/// <summary>The lists of version 1: one index query a page of a category; all categories are their lists merged.</summary>
internal sealed class DynamoProductLists(IAmazonDynamoDB db, string table, KnownCategories categories)
{
    /// <summary>What a list of one category out of many is asked for at once, at least: a page rarely takes more from one.</summary>
    private const int SmallestChunk = 5;

    private readonly IReadOnlyDictionary<string, DynamoIndex> _indexes =
        ProductLists.Of<ProductDocument>().ToDictionary(list => list.Name, list => DynamoIndex.Of(db, table, list));

    public async Task<ProductPage> BrowseAsync(ProductBrowse query, CancellationToken ct)
    {
        var after = ProductCursor.Read(query);
        if (query.Category is { Length: 0 or > ProductLimits.MaxCategory }) return new ProductPage([], null);
        IReadOnlyCollection<string> lists = query.Category is { } one ? [one] : await categories.ReadAsync(ct);

        // one more than the page tells whether there is a next one
        var wanted = query.Limit + 1;
        var chunk = lists.Count <= 1 ? wanted : Math.Min(wanted, Math.Max(SmallestChunk, 2 * wanted / lists.Count));
        var index = _indexes[ProductLists.IndexOf(query.Sort)];
        var page = await index.MergeAsync(lists, after, ProductKeys.IsDescending(query.Sort), chunk, ct: ct).Take(wanted).ToListAsync(ct);
        return new ProductPage(
            [.. page.Take(query.Limit).Select(SummaryOf)],
            page.Count > query.Limit ? ProductCursor.Write(query, index.KeyOf(page[query.Limit - 1])) : null);
    }

    /// <summary>What an item of the table or of its indexes says of the product, with its rating.</summary>
    public static ProductSummary SummaryOf(Dictionary<string, AttributeValue> item) =>
        ProductJson.ReadSummary(item[ProductLists.Summary].S).With(ProductRating.Of(DynamoAggregates.Read(item)));
}
