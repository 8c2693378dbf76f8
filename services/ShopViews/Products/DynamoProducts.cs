using Amazon.DynamoDBv2;
using ServerlessCqrs.Projections;
using ServerlessCqrs.Projections.Declarations;
using ServerlessCqrs.Projections.Dynamo;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.ShopViews.Products;

/// <summary>
/// The products, with whatever document: a table by stream, with an index for each order of the lists. Only a product that lists show has the indexes' attributes: a tombstone leaves the lists by having none. The rows of the reviews that count lie in
/// the same table, as <see cref="ReviewRating"/>, and their sum on the product's item, whether that is there already or not.
/// </summary>
public sealed class DynamoProducts<TDocument>(
    IAmazonDynamoDB db,
    string table,
    DocumentDeclaration<TDocument> declared,
    KnownCategories categories,
    DynamoPauses? pauses = null) : DynamoReadModel<TDocument>(db, table, declared, pauses), IProductCatalogue
    where TDocument : ProductDocument
{
    private static readonly string[] Sums = [.. new[] { RatingProjection.Stars, RatingProjection.Reviews, RatingProjection.Revision }.Select(DynamoAggregates.SumOf)];

    private readonly DynamoProductLists _lists = new(db, table, categories);

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
}
