using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using ServerlessCqrs.Shop;

namespace ServerlessCqrs.ReadModels.Products;

/// <summary>The products in memory, with the promises of the stored ones.</summary>
public sealed class InMemoryProducts : IReadModel<ProductDocument>, IReadModelVersions, IProductCatalogue
{
    private readonly ConcurrentDictionary<StreamId, ReadModelItem<ProductDocument>> _items = [];
    private readonly Lock _saving = new();

    public string Name => DynamoProductsV1.ReadModelName;

    public Task<IReadOnlyDictionary<StreamId, ReadModelItem<ProductDocument>>> LoadAsync(IReadOnlyCollection<StreamId> streams, CancellationToken ct) =>
        Task.FromResult<IReadOnlyDictionary<StreamId, ReadModelItem<ProductDocument>>>(streams
            .Distinct()
            .Select(stream => _items.GetValueOrDefault(stream))
            .OfType<ReadModelItem<ProductDocument>>()
            .ToDictionary(item => item.Stream));

    public async Task<IReadOnlyDictionary<StreamId, long>> LoadVersionsAsync(IReadOnlyCollection<StreamId> streams, CancellationToken ct) =>
        (await LoadAsync(streams, ct)).ToDictionary(item => item.Key, item => item.Value.Version);

    public Task<bool> SaveAsync(ReadModelItem<ProductDocument> item, long readVersion, CancellationToken ct)
    {
        lock (_saving)
        {
            if ((_items.GetValueOrDefault(item.Stream)?.Version ?? 0) != readVersion) return Task.FromResult(false);
            _items[item.Stream] = item;
            return Task.FromResult(true);
        }
    }

    public async IAsyncEnumerable<ReadModelItem<ProductDocument>> ScanAsync([EnumeratorCancellation] CancellationToken ct)
    {
        await Task.CompletedTask;
        foreach (var item in _items.Values)
        {
            ct.ThrowIfCancellationRequested();
            yield return item;
        }
    }

    public Task<ProductPage> BrowseAsync(ProductBrowse query, CancellationToken ct)
    {
        var after = ProductCursor.Read(query);
        var direction = ProductKeys.IsDescending(query.Sort) ? -1 : 1;
        var order = Comparer<string>.Create((x, y) => direction * Utf8Comparer.Instance.Compare(x, y));
        (string Key, ProductDocument Product)[] rest =
        [
            .. _items.Values
                .Select(item => item.Document)
                .OfType<ProductDocument>()
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
