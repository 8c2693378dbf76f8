using ServerlessCqrs.ReadModels;
using ServerlessCqrs.ReadModels.Products;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Simulation.Checks;
using ServerlessCqrs.Simulation.Machinery;

namespace ServerlessCqrs.Simulation.Services;

/// <summary>The product read model in a simulated DynamoDB.</summary>
public sealed class SimProducts(Network network, Truth truth) : IReadModel<ProductDocument>
{
    private readonly Dictionary<StreamId, ReadModelItem<ProductDocument>> _items = [];

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

    public Task<bool> SaveAsync(ReadModelItem<ProductDocument> item, ReadModelItem<ProductDocument>? stored, CancellationToken ct) => network.CallAsync("products-table", "products.save", () => Save(item, stored?.Version ?? 0), ct);

    /// <summary>What a store without the condition would do; for a mutant.</summary>
    public Task<bool> OverwriteAsync(ReadModelItem<ProductDocument> item, CancellationToken ct) => network.CallAsync("products-table", "products.save", () => Save(item, null), ct);

    public IAsyncEnumerable<ReadModelItem<ProductDocument>> ScanAsync(CancellationToken ct) => throw new NotSupportedException();

    private bool Save(ReadModelItem<ProductDocument> item, long? readVersion)
    {
        var current = _items.GetValueOrDefault(item.Stream);
        if (readVersion is { } read && (current?.Version ?? 0) != read) return false;
        truth.Saved(current, item);
        _items[item.Stream] = item;
        return true;
    }
}
