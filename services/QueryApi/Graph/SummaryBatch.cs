using GraphQL;
using GraphQL.DataLoader;
using ServerlessCqrs.Graph;
using ServerlessCqrs.ShopViews.Orders;
using ServerlessCqrs.ShopViews.Products;

namespace ServerlessCqrs.QueryApi.Graph;

/// <summary>
/// Reads the products of one level of a query together. Each field asks for its product and waits; the first result that
/// is needed reads all.
/// </summary>
internal sealed class SummaryBatch(ProductVersions versions, ReadModelCircuits circuits)
{
    private readonly Lock _lock = new();
    private Level? _open;

    /// <summary>Resolves the product of an order's item.</summary>
    public static object Load(IResolveFieldContext<OrderDocumentItem> context)
    {
        var request = context.Request();
        SummaryBatch batch;
        lock (request)
        {
            if (!request.TryGetValue(nameof(SummaryBatch), out var known))
                request[nameof(SummaryBatch)] = known = new SummaryBatch(context.Service<ProductVersions>(), context.Service<ReadModelCircuits>());
            batch = (SummaryBatch)known!;
        }

        return batch.Of(context.Source.ProductId);
    }

    private Wanted Of(Guid product)
    {
        lock (_lock)
        {
            _open ??= new Level();
            _open.Products.Add(product);
            return new Wanted(this, _open, product);
        }
    }

    private Task<IReadOnlyDictionary<Guid, ProductSummary>> ReadAsync(Level level, CancellationToken ct)
    {
        lock (_lock)
        {
            if (_open == level) _open = null;
            return level.Read ??= FindAsync(level.Products, ct);
        }
    }

    private async Task<IReadOnlyDictionary<Guid, ProductSummary>> FindAsync(HashSet<Guid> products, CancellationToken ct)
    {
        var catalogue = (await versions.OfAnyoneAsync()).Catalogue;
        return await circuits.Lists.CallAsync(token => catalogue.SummariesAsync(products, token), ct);
    }

    private sealed class Level
    {
        public HashSet<Guid> Products { get; } = [];

        public Task<IReadOnlyDictionary<Guid, ProductSummary>>? Read { get; set; }
    }

    private sealed class Wanted(SummaryBatch batch, Level level, Guid product) : IDataLoaderResult
    {
        public async Task<object?> GetResultAsync(CancellationToken cancellationToken = default) =>
            (await batch.ReadAsync(level, cancellationToken)).GetValueOrDefault(product) is { } found
                ? ProductSummaryBody.Of(found)
                : null;
    }
}
