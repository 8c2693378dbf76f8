using ServerlessCqrs.Projections.Stores;
using ServerlessCqrs.ShopViews;
using ServerlessCqrs.ShopViews.Orders;
using ServerlessCqrs.ShopViews.Reviews;
using ServerlessCqrs.ShopViews.Search;

namespace ServerlessCqrs.QueryApi.Specs.Playground;

/// <summary>The read models without the products, in memory. Their queries can fail and hang.</summary>
public sealed class FakeQueries : IOrderQueries, IReviewQueries, IProductSearch
{
    private readonly OrderQueries _orders;
    private readonly ReviewQueries _reviews;

    public FakeQueries()
    {
        _orders = new OrderQueries(Models.QueriesOf(ShopReadModels.OrderDocuments));
        _reviews = new ReviewQueries(Models.QueriesOf(ShopReadModels.ReviewDocuments));
    }

    public ReadModelStores Models { get; } = ReadModelStores.InMemory(ShopReadModels.All);

    public Faults Faults { get; } = new();

    public Task<OrderDocument?> FindAsync(Guid order, CancellationToken ct) => PassAsync(() => _orders.FindAsync(order, ct), ct);

    public Task<OrderPage> OfCustomerAsync(string customer, int limit, string? cursor, CancellationToken ct) => PassAsync(() => _orders.OfCustomerAsync(customer, limit, cursor, ct), ct);

    public Task<CustomerOrders> SummaryAsync(string customer, CancellationToken ct) => PassAsync(() => _orders.SummaryAsync(customer, ct), ct);

    public Task<ReviewPage> ApprovedAsync(Guid productId, int limit, string? cursor, CancellationToken ct) => PassAsync(() => _reviews.ApprovedAsync(productId, limit, cursor, ct), ct);

    public Task<ReviewPage> PendingAsync(Guid productId, int limit, string? cursor, CancellationToken ct) => PassAsync(() => _reviews.PendingAsync(productId, limit, cursor, ct), ct);

    public Task<ProductSearchPage> SearchAsync(ProductSearchQuery query, CancellationToken ct) => PassAsync(() => Models.As<IProductSearch>(ShopReadModels.SearchDocuments).SearchAsync(query, ct), ct);

    private async Task<T> PassAsync<T>(Func<Task<T>> call, CancellationToken ct)
    {
        await Faults.PassAsync(ct);
        return await call();
    }
}
