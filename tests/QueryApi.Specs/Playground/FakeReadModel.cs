using ServerlessCqrs.ReadModels;
using ServerlessCqrs.ReadModels.Products;
using ServerlessCqrs.Shop;

namespace ServerlessCqrs.QueryApi.Specs.Playground;

/// <summary>The products in memory, which can fail and hang.</summary>
public sealed class FakeReadModel : IReadModel<ProductDocument>, IProductCatalogue
{
    public InMemoryProducts Inner { get; } = new();

    public Faults Items { get; } = new();

    public Faults Lists { get; } = new();

    public async Task<IReadOnlyDictionary<StreamId, ReadModelItem<ProductDocument>>> LoadAsync(IReadOnlyCollection<StreamId> streams, CancellationToken ct)
    {
        await Items.PassAsync(ct);
        return await Inner.LoadAsync(streams, ct);
    }

    public Task<bool> SaveAsync(ReadModelItem<ProductDocument> item, ReadModelItem<ProductDocument>? stored, CancellationToken ct) => Inner.SaveAsync(item, stored, ct);

    public IAsyncEnumerable<ReadModelItem<ProductDocument>> ScanAsync(CancellationToken ct) => Inner.ScanAsync(ct);

    public async Task<IReadOnlyDictionary<StreamId, long>> LoadVersionsAsync(IReadOnlyCollection<StreamId> streams, CancellationToken ct)
    {
        await Items.PassAsync(ct);
        return await Inner.LoadVersionsAsync(streams, ct);
    }

    public async Task<RatedProduct> FindAsync(StreamId product, CancellationToken ct)
    {
        await Items.PassAsync(ct);
        return await Inner.FindAsync(product, ct);
    }

    public async Task<IReadOnlyDictionary<Guid, ProductSummary>> SummariesAsync(IReadOnlyCollection<Guid> products, CancellationToken ct)
    {
        await Lists.PassAsync(ct);
        return await Inner.SummariesAsync(products, ct);
    }

    public async Task<ProductPage> BrowseAsync(ProductBrowse query, CancellationToken ct)
    {
        await Lists.PassAsync(ct);
        return await Inner.BrowseAsync(query, ct);
    }
}
