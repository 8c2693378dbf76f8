using ServerlessCqrs.ReadModels;
using ServerlessCqrs.ReadModels.Products;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Simulation.Checks;
using ServerlessCqrs.Simulation.Machinery;

namespace ServerlessCqrs.Simulation.Services;

/// <summary>The product read model in a simulated DynamoDB.</summary>
public sealed class SimProducts(Dice dice, Network network, Truth truth) : IReadModel<ProductDocument>, IReadModelVersions, IProductCatalogue
{
    private readonly Dictionary<StreamId, ReadModelItem<ProductDocument>> _items = [];
    private readonly Dictionary<StreamId, ReadModelItem<ProductDocument>> _before = [];

    public string Name => "products-v1";

    public IReadOnlyDictionary<StreamId, ReadModelItem<ProductDocument>> All => _items;

    public Task<IReadOnlyDictionary<StreamId, ReadModelItem<ProductDocument>>> LoadAsync(IReadOnlyCollection<StreamId> streams, CancellationToken ct) =>
        network.CallAsync<IReadOnlyDictionary<StreamId, ReadModelItem<ProductDocument>>>(
            "products-table",
            "products.load",
            () => streams.Distinct().Where(_items.ContainsKey).ToDictionary(stream => stream, stream => _items[stream]),
            ct);

    public Task<IReadOnlyDictionary<StreamId, long>> LoadVersionsAsync(IReadOnlyCollection<StreamId> streams, CancellationToken ct) => network.CallAsync<IReadOnlyDictionary<StreamId, long>>(
        "products-table",
        "products.versions",
        () => streams.Distinct().Where(_items.ContainsKey).ToDictionary(stream => stream, stream => _items[stream].Version),
        ct);

    public Task<bool> SaveAsync(ReadModelItem<ProductDocument> item, long readVersion, CancellationToken ct) => network.CallAsync("products-table", "products.save", () => Save(item, readVersion), ct);

    /// <summary>What a store without the condition would do; for a mutant.</summary>
    public Task<bool> OverwriteAsync(ReadModelItem<ProductDocument> item, CancellationToken ct) => network.CallAsync("products-table", "products.save", () => Save(item, null), ct);

    /// <summary>Lists are read from indexes, which may be behind the table.</summary>
    public Task<ProductPage> BrowseAsync(ProductBrowse query, CancellationToken ct) => network.CallAsync(
        "products-table",
        "products.browse",
        () =>
        {
            var index = new InMemoryProducts();
            foreach (var (stream, item) in _items)
                if ((dice.Happens("products.index-behind", 0.1) ? _before.GetValueOrDefault(stream) : item) is { } indexed) index.SaveAsync(indexed, 0, ct).GetAwaiter().GetResult();
            return index.BrowseAsync(query, ct).GetAwaiter().GetResult();
        },
        ct);

    public IAsyncEnumerable<ReadModelItem<ProductDocument>> ScanAsync(CancellationToken ct) => throw new NotSupportedException();

    private bool Save(ReadModelItem<ProductDocument> item, long? readVersion)
    {
        var current = _items.GetValueOrDefault(item.Stream);
        if (readVersion is { } read && (current?.Version ?? 0) != read) return false;
        truth.Saved(current, item);
        if (current is not null) _before[item.Stream] = current;
        _items[item.Stream] = item;
        return true;
    }
}
