using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Push;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Orders;
using ServerlessCqrs.Shop.Products;

namespace ServerlessCqrs.EventsToBrowsers;

/// <summary>Who may watch what in the shop: products are public, an order is its customer's.</summary>
public static class ShopWatching
{
    public static WatchRules Rules { get; } = new(
        category => category switch
        {
            ProductStreams.Category => Visibility.Everyone,
            OrderStreams.Category => Visibility.Owner,
            _ => Visibility.Nobody,
        },
        OwnerOf);

    /// <summary>
    /// Returns the customer of an order from its decision state. Returns null for the state of another release: such an order
    /// can be watched after its next event.
    /// </summary>
    private static string? OwnerOf(StreamTip tip) =>
        ShopDomain.Instance.DeciderOf(tip.Stream) is { } decider && tip.StateFor(decider) is OrderState.Known order ? order.Customer : null;
}
