using ServerlessCqrs.Projections;
using ServerlessCqrs.Projections.Lists;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.ShopViews.Products;

/// <summary>The products in memory, version 1.</summary>
public sealed class InMemoryProducts : InMemoryProducts<ProductDocument>;

/// <summary>The products in memory, with whatever document, and the rows of their ratings, with the promises of the stored ones.</summary>
/// <param name="aggregates">Of the whole read model; null for its own.</param>
public class InMemoryProducts<TDocument>(InMemoryAggregates? aggregates = null)
    : InMemoryReadModel<TDocument>(aggregates, isSummed: false), IProductCatalogue
    where TDocument : ProductDocument
{
    /// <summary>The rows of the reviews, where no read model has them.</summary>
    public InMemoryReadModel<ReviewRating> Ratings { get; } = new(aggregates);

    public Task<RatedProduct> FindAsync(StreamId product, CancellationToken ct) => Task.FromResult(new RatedProduct(ItemOf(product)?.AsProduct(), RatingOf(product)));

    public async Task<IReadOnlyDictionary<Guid, ProductSummary>> SummariesAsync(IReadOnlyCollection<Guid> products, CancellationToken ct) =>
        (await LoadAsync([.. products.Select(ProductStreams.IdOf)], ct)).Values
            .Select(item => item.Document)
            .OfType<TDocument>()
            .Where(product => product.IsListed())
            .ToDictionary(product => product.Id, Summarize);

    public Task<ProductPage> BrowseAsync(ProductBrowse query, CancellationToken ct)
    {
        var after = ProductCursor.Read(query);
        var direction = ProductKeys.IsDescending(query.Sort) ? -1 : 1;
        var order = Comparer<string>.Create((x, y) => direction * Utf8Comparer.Instance.Compare(x, y));
        (string Key, ProductDocument Product)[] rest =
        [
            .. Documents
                .Where(product => product.IsListed())
                .Where(product => query.Category is null || product.Category == query.Category)
                .Select(product => (Key: ProductKeys.Of(query.Sort, product), product))
                .Where(entry => after is null || order.Compare(entry.Key, after) > 0)
                .OrderBy(entry => entry.Key, order)
                .Take(query.Limit + 1),
        ];
        return Task.FromResult(new ProductPage(
            [.. rest.Take(query.Limit).Select(entry => Summarize(entry.Product))],
            rest.Length > query.Limit ? ProductCursor.Write(query, rest[query.Limit - 1].Key) : null));
    }

    private ProductRating RatingOf(StreamId product) => ProductRating.Of(Ratings.AggregateOf(product));

    private ProductSummary Summarize(ProductDocument product) => product.Summarize().With(RatingOf(ProductStreams.IdOf(product.Id)));
}
