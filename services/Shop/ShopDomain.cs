using ServerlessCqrs.Shop.Customers;
using ServerlessCqrs.Shop.Orders;
using ServerlessCqrs.Shop.Orders.Policies;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Shop.Reviews;
using ServerlessCqrs.Shop.Watches;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Shop;

/// <summary>The deciders of every kind of stream the shop has.</summary>
public static class ShopDomain
{
    /// <summary>One decider for each category of streams.</summary>
    public static IReadOnlyList<IDecider> Deciders { get; } =
    [
        new ProductDecider(),
        new WatchDecider(),
        new OrderDecider(new DiscountOnLargeOrders(), new HoldLargeOrders()),
        new ReviewDecider(),
        new CustomerDecider(),
    ];

    private static readonly Dictionary<string, IDecider> ByCategory = Deciders.ToDictionary(decider => decider.Category);

    /// <summary>The decider of a stream, or null where the category is unknown.</summary>
    public static IDecider? DeciderOf(StreamId stream) => ByCategory.GetValueOrDefault(stream.Category);
}
