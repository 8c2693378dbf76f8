using ServerlessCqrs.Projections;
using ServerlessCqrs.ShopViews.Products;

namespace ServerlessCqrs.ShopViews.Search;

/// <summary>The search in memory, which looks at every product, with the promises of the stored one.</summary>
public sealed class InMemoryProductSearch() : InMemoryReadModel<SearchDocument>(isSummed: false), IProductSearch
{
    public Task<ProductSearchPage> SearchAsync(ProductSearchQuery query, CancellationToken ct)
    {
        var after = SearchOrder.ReadCursor(query);
        var order = SearchOrder.Comparer(query.Sort);
        var asked = SearchWords.OfQuery(query.Text);
        List<(string Key, Guid Product)> matches =
        [
            .. Documents
                .Where(product => product.IsListed && asked.Count > 0)
                .Where(product => query.Category is null || product.Category == query.Category)
                .Where(product => product.Price >= (query.MinPrice ?? 0) && product.Price <= (query.MaxPrice ?? decimal.MaxValue))
                .Select(product => (Key: KeyOf(query.Sort, product, asked), product.Id))
                .Where(found => found.Key is not null)
                .Select(found => (found.Key!, found.Id)),
        ];
        var rest = matches.Where(found => after is null || order.Compare(found.Key, after) > 0)
            .OrderBy(found => found.Key, order).Take(query.Limit + 1).ToList();
        return Task.FromResult(new ProductSearchPage(
            [.. rest.Take(query.Limit).Select(found => found.Product)],
            rest.Count > query.Limit ? SearchOrder.WriteCursor(query, rest[query.Limit - 1].Key) : null,
            query.HasPrice ? null : matches.Count,
            IsPartial: false,
            ReadUnits: 0));
    }

    public override IAsyncEnumerable<IndexEntry> ScanEntriesAsync(CancellationToken ct) => Items.SelectMany(Posting.Of).Select(posting => posting.Entry).ToAsyncEnumerable();

    /// <summary>The product's place in the order; null where it does not answer every word.</summary>
    private static string? KeyOf(ProductSearchSort sort, SearchDocument product, IReadOnlyList<string> asked)
    {
        var words = SearchWords.Of(product);
        List<int> scores = [.. asked.Select(word => words.Max(own => SearchWords.Score(word, own.Key, own.Value)))];
        if (scores.Contains(0)) return null;
        return sort switch
        {
            ProductSearchSort.Price or ProductSearchSort.PriceDescending => ProductKeys.OfPrice(product.Price, product.Id),
            ProductSearchSort.Name => ProductKeys.OfName(product.Name, product.Id),
            _ => SearchOrder.KeyOf(sort, new Match(product.Id, scores.Sum(), product.Category, product.CreatedAt)),
        };
    }
}
