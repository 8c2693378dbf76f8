using ServerlessCqrs.Projections;
using ServerlessCqrs.ShopViews.Products;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.QueryApi.Specs.Playground;

/// <summary>The products in memory, in one version, which can fail and hang.</summary>
public sealed class FakeReadModel<TDocument>(InMemoryProducts<TDocument> inner) : IReadModel<TDocument>, IProductCatalogue
    where TDocument : ProductDocument
{
    public InMemoryProducts<TDocument> Inner { get; } = inner;

    public Faults Items { get; } = new();

    public Faults Lists { get; } = new();

    public async Task<IReadOnlyDictionary<StreamId, ReadModelItem<TDocument>>> LoadAsync(IReadOnlyCollection<StreamId> streams, CancellationToken ct)
    {
        await Items.PassAsync(ct);
        return await Inner.LoadAsync(streams, ct);
    }

    public Task<bool> SaveAsync(ReadModelItem<TDocument> item, ReadModelItem<TDocument>? stored, CancellationToken ct) => Inner.SaveAsync(item, stored, ct);

    public IAsyncEnumerable<ReadModelItem<TDocument>> ScanAsync(CancellationToken ct) => Inner.ScanAsync(ct);

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
