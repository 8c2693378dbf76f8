using ServerlessCqrs.Projections.Stores;
using ServerlessCqrs.Shop.Customers;
using ServerlessCqrs.Shop.Orders;

namespace ServerlessCqrs.ShopViews.Orders;

/// <summary>The orders in any store.</summary>
public sealed class OrderQueries(IDocuments<OrderDocument> orders) : IOrderQueries
{
    public Task<OrderDocument?> FindAsync(Guid order, CancellationToken ct) => orders.DocumentAsync(OrderStreams.IdOf(order), ct);

    public async Task<OrderPage> OfCustomerAsync(string customer, int limit, string? cursor, CancellationToken ct)
    {
        var page = await orders.ListAsync(OrderLists.ByCustomer, customer, descending: true, limit, cursor, ct);
        return new OrderPage(page.Documents, page.Next);
    }

    public async Task<CustomerOrders> SummaryAsync(string customer, CancellationToken ct) =>
        CustomerOrders.Of(await orders.SumAsync(CustomerStreams.IdOf(customer), ct));
}
