using ServerlessCqrs.Shop.Customers;
using ServerlessCqrs.Shop.Orders;
using ServerlessCqrs.Shop.Orders.Policies;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Shop.Reviews;
using ServerlessCqrs.Shop.Watches;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Shop;

/// <summary>The shop's domain, as the framework receives it.</summary>
public static class ShopDomain
{
    /// <summary>The prefix of the shop's own HTTP headers.</summary>
    public const string HeaderPrefix = "Shop";

    public static Domain Instance { get; } = new()
    {
        Deciders =
        [
            new ProductDecider(),
            new WatchDecider(),
            new OrderDecider(new DiscountOnLargeOrders(), new HoldLargeOrders()),
            new ReviewDecider(),
            new CustomerDecider(),
        ],
        Commands = ShopContracts.Commands,
        Events = ShopContracts.Events,
        Refusals = Refusal.DeclaredIn(
            typeof(ProductRefusals),
            typeof(WatchRefusals),
            typeof(OrderRefusals),
            typeof(ReviewRefusals),
            typeof(CustomerRefusals)),
        Roles = ShopRoles.All,
        IndexedFields = [EventFields.Category, EventFields.Customer, EventFields.ProductId],
    };
}
