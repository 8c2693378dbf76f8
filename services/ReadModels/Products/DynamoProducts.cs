using Amazon.DynamoDBv2;
using ServerlessCqrs.ReadModels.Dynamo;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Products;

namespace ServerlessCqrs.ReadModels.Products;

/// <summary>
/// The products, with whatever document: a table by stream, with an index for each order of the lists. Only a product that lists show has the indexes' attributes: a tombstone leaves the lists by having none. The rows of the reviews that count lie in
/// the same table, as <see cref="ReviewRating"/>, and their sum on the product's item, whether that is there already or not.
/// </summary>
/// <param name="product">What lists and readers of version 1 see of a document.</param>
public class DynamoProducts<TDocument>(IAmazonDynamoDB db, string table, IProjection<TDocument> projection, Func<TDocument, ProductDocument> product, KnownCategories categories, DynamoPauses? pauses)
    : DynamoReadModel<TDocument>(db, table, projection, pauses, "category", "priceKey", "nameKey", "newestKey", "summary"), IProductCatalogue
    where TDocument : class
{
    private static readonly string[] Sums = [.. new[] { RatingProjection.Stars, RatingProjection.Reviews, RatingProjection.Revision }.Select(DynamoAggregates.SumOf)];

    private readonly DynamoProductLists _lists = new(db, table, categories);

    /// <summary>The rows of the reviews.</summary>
    public DynamoReadModel<ReviewRating> Ratings { get; } = new(db, table, new RatingProjection(), pauses);

    public override async Task<bool> SaveAsync(ReadModelItem<TDocument> item, ReadModelItem<TDocument>? stored, CancellationToken ct)
    {
        if (item.Document is { } document && product(document) is var listed && listed.IsListed()) await categories.AddAsync(listed.Category, ct);
        return await base.SaveAsync(item, stored, ct);
    }

    public async Task<RatedProduct> FindAsync(StreamId product, CancellationToken ct) => (await Items.LoadAsync([product], [.. Attributes, .. Sums], ct)).FirstOrDefault() is { } item
        ? new RatedProduct(ItemReader.HasVersion(item) ? ProductOf(Read(item)) : null, ProductRating.Of(DynamoAggregates.Read(item)))
        : new RatedProduct(null, ProductRating.None);

    public async Task<IReadOnlyDictionary<Guid, ProductSummary>> SummariesAsync(IReadOnlyCollection<Guid> products, CancellationToken ct) =>
        (await Items.LoadAsync([.. products.Select(ProductStreams.IdOf)], ["stream", "summary", .. Sums], ct))
            .Where(item => item.ContainsKey("summary"))
            .Select(DynamoProductLists.SummaryOf)
            .ToDictionary(summary => summary.Id);

    public Task<ProductPage> BrowseAsync(ProductBrowse query, CancellationToken ct) => _lists.BrowseAsync(query, ct);

    /// <summary>The rows' own store tells of the sums: no product adds anything.</summary>
    public override IAsyncEnumerable<Contribution> ScanAggregatesAsync(CancellationToken ct) => AsyncEnumerable.Empty<Contribution>();

    protected override IReadOnlyDictionary<string, string> Index(TDocument document)
    {
        var listed = product(document);
        return !listed.IsListed() ? new Dictionary<string, string>() : new Dictionary<string, string>
        {
            ["category"] = listed.Category,
            ["priceKey"] = ProductKeys.Of(ProductSort.Price, listed),
            ["nameKey"] = ProductKeys.Of(ProductSort.Name, listed),
            ["newestKey"] = ProductKeys.Of(ProductSort.Newest, listed),
            ["summary"] = ProductJson.Write(listed.Summarize()),
        };
    }

    private ReadModelItem<ProductDocument> ProductOf(ReadModelItem<TDocument> item) => new(item.Stream, item.Version, item.Document is { } document ? product(document) : null, item.At) { Fault = item.Fault };
}
