using ServerlessCqrs.Projections;
using ServerlessCqrs.Projections.Lists;
using ServerlessCqrs.Shop.Customers;
using ServerlessCqrs.Shop.Orders;

namespace ServerlessCqrs.ShopViews.Orders;

/// <summary>The orders in memory, with the promises of the stored ones.</summary>
public sealed class InMemoryOrders : InMemoryReadModel<OrderDocument>, IOrderQueries
{
    public async Task<OrderDocument?> FindAsync(Guid order, CancellationToken ct) =>
        (await LoadAsync([OrderStreams.IdOf(order)], ct)).Values.SingleOrDefault() is { } item ? item.Fault is { } fault ? throw fault : item.Document : null;

    public Task<OrderPage> OfCustomerAsync(string customer, int limit, string? cursor, CancellationToken ct)
    {
        var (orders, next) = InMemoryList.Read(Documents, order => order.Customer == customer ? TimeKey.Of(order.CreatedAt, order.Id) : null, customer, descending: true, limit, cursor);
        return Task.FromResult(new OrderPage(orders, next));
    }

    public Task<CustomerOrders> SummaryAsync(string customer, CancellationToken ct) => Task.FromResult(CustomerOrders.Of(AggregateOf(CustomerStreams.IdOf(customer))));
}
