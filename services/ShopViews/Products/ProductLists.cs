using ServerlessCqrs.Projections.Declarations;
using ServerlessCqrs.Projections.Dynamo;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.ShopViews.Products;

/// <summary>
/// The lists of products: one of each category, in three orders. They show a product's summary, and the sums of its reviews.
/// Only a product that lists show has their attributes.
/// </summary>
internal static class ProductLists
{
    public const string Summary = "summary";

    private static readonly string[] Shown = [Summary, DynamoAggregates.SumOf(RatingProjection.Stars), DynamoAggregates.SumOf(RatingProjection.Reviews)];

    public static IReadOnlyList<DocumentList<TDocument>> Of<TDocument>()
        where TDocument : ProductDocument
    {
        var category = Listed<TDocument>("category", product => product.Category);
        return
        [
            By("by-price", "priceKey", ProductSort.Price, "changes of price", 2),
            By("by-name", "nameKey", ProductSort.Name, "changes of name", 2),
            By("by-newest", "newestKey", ProductSort.Newest, "changes", 1),
        ];

        DocumentList<TDocument> By(string name, string key, ProductSort sort, string change, int writeUnits) => new(
            name,
            category,
            Listed<TDocument>(key, product => ProductKeys.Of(sort, product)),
            Shown,
            OfACategory(change, writeUnits))
        { IsKey = text => ProductKeys.IsKey(sort, text) };
    }

    public static IReadOnlyList<DocumentAttribute<TDocument>> Beside<TDocument>()
        where TDocument : ProductDocument => [Listed<TDocument>(Summary, product => ProductJson.Write(product.Summarize()))];

    public static SharedPartition OfACategory(string change, int writeUnits) => new("the products of a category", change, writeUnits);

    /// <summary>The index of an order.</summary>
    public static string IndexOf(ProductSort sort) => sort switch
    {
        ProductSort.Price or ProductSort.PriceDescending => "by-price",
        ProductSort.Name => "by-name",
        ProductSort.Newest => "by-newest",
        _ => throw new ArgumentOutOfRangeException(nameof(sort)),
    };

    private static DocumentAttribute<TDocument> Listed<TDocument>(string name, Func<TDocument, string> of)
        where TDocument : ProductDocument => new(name, product => product.IsListed() ? of(product) : null);
}
