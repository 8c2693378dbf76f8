using ServerlessCqrs.ReadModels.Products;
using ServerlessCqrs.Shop;

namespace ServerlessCqrs.ReadModels.Specs.Given;

/// <summary>Products in memory, with something done to them before each save.</summary>
internal sealed class UnsteadyProducts(InMemoryProducts inner, Func<ReadModelItem<ProductDocument>, Task> beforeSave) : IReadModel<ProductDocument>
{
    private int _saves;

    public int Loads { get; private set; }

    public int Saves => _saves;

    public string Name => inner.Name;

    public Task<IReadOnlyDictionary<StreamId, ReadModelItem<ProductDocument>>> LoadAsync(IReadOnlyCollection<StreamId> streams, CancellationToken ct)
    {
        Loads++;
        return inner.LoadAsync(streams, ct);
    }

    public async Task<bool> SaveAsync(ReadModelItem<ProductDocument> item, long readVersion, CancellationToken ct)
    {
        Interlocked.Increment(ref _saves);
        await beforeSave(item);
        return await inner.SaveAsync(item, readVersion, ct);
    }

    public IAsyncEnumerable<ReadModelItem<ProductDocument>> ScanAsync(CancellationToken ct) => inner.ScanAsync(ct);
}
