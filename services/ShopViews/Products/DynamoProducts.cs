using Amazon.DynamoDBv2;
using ServerlessCqrs.Projections;
using ServerlessCqrs.Projections.Dynamo;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.ShopViews.Products;

/// <summary>
/// The products, with whatever document: a table by stream, with an index for each order of the lists. Only a product that lists show has the indexes' attributes: a tombstone leaves the lists by having none. The rows of the reviews that count lie in
/// the same table, as <see cref="ReviewRating"/>, and their sum on the product's item, whether that is there already or not.
/// </summary>
public class DynamoProducts<TDocument>(IAmazonDynamoDB db, string table, IProjection<TDocument> projection, KnownCategories categories, DynamoPauses? pauses)
    : DynamoReadModel<TDocument>(db, table, projection, pauses, "category", "priceKey", "nameKey", "newestKey", "summary"), IProductCatalogue
    where TDocument : ProductDocument
{
    private static readonly string[] Sums = [.. new[] { RatingProjection.Stars, RatingProjection.Reviews, RatingProjection.Revision }.Select(DynamoAggregates.SumOf)];

    private readonly DynamoProductLists _lists = new(db, table, categories);

    /// <summary>The rows of the reviews.</summary>
    public DynamoReadModel<ReviewRating> Ratings { get; } = new(db, table, new RatingProjection(), pauses);

    public override async Task<bool> SaveAsync(ReadModelItem<TDocument> item, ReadModelItem<TDocument>? stored, CancellationToken ct)
    {
        if (item.Document is { } document && document.IsListed()) await categories.AddAsync(document.Category, ct);
        return await base.SaveAsync(item, stored, ct);
    }

    public async Task<RatedProduct> FindAsync(StreamId product, CancellationToken ct) => (await Items.LoadAsync([product], [.. Attributes, .. Sums], ct)).FirstOrDefault() is { } item
        ? new RatedProduct(ItemReader.HasVersion(item) ? Read(item).AsProduct() : null, ProductRating.Of(DynamoAggregates.Read(item)))
        : new RatedProduct(null, ProductRating.None);

    public async Task<IReadOnlyDictionary<Guid, ProductSummary>> SummariesAsync(IReadOnlyCollection<Guid> products, CancellationToken ct) =>
        (await Items.LoadAsync([.. products.Select(ProductStreams.IdOf)], ["stream", "summary", .. Sums], ct))
            .Where(item => item.ContainsKey("summary"))
            .Select(DynamoProductLists.SummaryOf)
            .ToDictionary(summary => summary.Id);

    public Task<ProductPage> BrowseAsync(ProductBrowse query, CancellationToken ct) => _lists.BrowseAsync(query, ct);

    /// <summary>The rows' own store tells of the sums: no product adds anything.</summary>
    public override IAsyncEnumerable<Contribution> ScanAggregatesAsync(CancellationToken ct) => AsyncEnumerable.Empty<Contribution>();

    protected override IReadOnlyDictionary<string, string> Index(TDocument document) => !document.IsListed() ? new Dictionary<string, string>() : new Dictionary<string, string>
    {
        ["category"] = document.Category,
        ["priceKey"] = ProductKeys.Of(ProductSort.Price, document),
        ["nameKey"] = ProductKeys.Of(ProductSort.Name, document),
        ["newestKey"] = ProductKeys.Of(ProductSort.Newest, document),
        ["summary"] = ProductJson.Write(document.Summarize()),
    };
}
