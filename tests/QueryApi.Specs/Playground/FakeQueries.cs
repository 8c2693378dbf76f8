using ServerlessCqrs.ShopViews;
using ServerlessCqrs.ShopViews.Orders;
using ServerlessCqrs.ShopViews.Reviews;
using ServerlessCqrs.ShopViews.Search;

namespace ServerlessCqrs.QueryApi.Specs.Playground;

/// <summary>The read models without the products, in memory. Their queries can fail and hang.</summary>
public sealed class FakeQueries : IOrderQueries, IReviewQueries, IProductSearch
{
    public InMemoryReadModels Models { get; } = new();

    public Faults Faults { get; } = new();

    public Task<OrderDocument?> FindAsync(Guid order, CancellationToken ct) => PassAsync(() => Models.Orders.FindAsync(order, ct), ct);

    public Task<OrderPage> OfCustomerAsync(string customer, int limit, string? cursor, CancellationToken ct) => PassAsync(() => Models.Orders.OfCustomerAsync(customer, limit, cursor, ct), ct);

    public Task<CustomerOrders> SummaryAsync(string customer, CancellationToken ct) => PassAsync(() => Models.Orders.SummaryAsync(customer, ct), ct);

    public Task<ReviewPage> ApprovedAsync(Guid productId, int limit, string? cursor, CancellationToken ct) => PassAsync(() => Models.Reviews.ApprovedAsync(productId, limit, cursor, ct), ct);

    public Task<ReviewPage> PendingAsync(Guid productId, int limit, string? cursor, CancellationToken ct) => PassAsync(() => Models.Reviews.PendingAsync(productId, limit, cursor, ct), ct);

    public Task<ProductSearchPage> SearchAsync(ProductSearchQuery query, CancellationToken ct) => PassAsync(() => Models.Search.SearchAsync(query, ct), ct);

    private async Task<T> PassAsync<T>(Func<Task<T>> call, CancellationToken ct)
    {
        await Faults.PassAsync(ct);
        return await call();
    }
}
