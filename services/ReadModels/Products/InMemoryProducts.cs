namespace ServerlessCqrs.ReadModels.Products;

/// <summary>The products in memory, with the promises of the stored ones.</summary>
public sealed class InMemoryProducts : InMemoryReadModel<ProductDocument>, IProductCatalogue
{
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
            [.. rest.Take(query.Limit).Select(entry => entry.Product.Summarize())],
            rest.Length > query.Limit ? ProductCursor.Write(query, rest[query.Limit - 1].Key) : null));
    }
}
