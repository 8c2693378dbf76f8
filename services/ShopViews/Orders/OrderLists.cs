using ServerlessCqrs.Projections.Declarations;
using ServerlessCqrs.Projections.Lists;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.ShopViews.Orders;

/// <summary>The lists of orders.</summary>
public static class OrderLists
{
    /// <summary>A customer's orders, in the order of time.</summary>
    public static DocumentList<OrderDocument> ByCustomer { get; } = new(
        "by-customer",
        new("customer", order => order.Customer),
        new("newestKey", order => TimeKey.Of(order.CreatedAt, order.Id)),
        [DocumentList<OrderDocument>.Document],
        new SharedPartition("the orders of a customer", "changes", 1));
}
