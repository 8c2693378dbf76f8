using ServerlessCqrs.Shop.Orders;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Simulation.Checks;

/// <summary>
/// Compares what orders have taken of a product by the product's events with what the orders' events require.
/// </summary>
public static class StockBook
{
    /// <summary>
    /// Returns every order for which the two differ, and every settled order that still reserves pieces. For a product
    /// on sale, at rest.
    /// </summary>
    public static IEnumerable<string> Differences(Guid product, IEnumerable<IEvent> events, ProductState.OnSale state, IReadOnlyDictionary<Guid, OrderState> orders)
    {
        var taken = events.Select(ChangeOf).Where(change => change.Pieces != 0).GroupBy(change => change.Order, change => change.Pieces).ToDictionary(changes => changes.Key, changes => changes.Sum());
        foreach (var order in orders.Keys.Union(taken.Keys))
        {
            var now = orders.GetValueOrDefault(order, new OrderState.Unknown());
            var should = now is OrderState.Confirmed or OrderState.Held ? ((OrderState.Open)now).Items.Where(item => item.ProductId == product).Sum(item => item.Quantity) : 0;
            var has = taken.GetValueOrDefault(order);
            if (has != should) yield return $"{OrderStreams.IdOf(order)} is {now.GetType().Name} and has {has} pieces; it should have {should}.";
            if (now is not OrderState.Held && state.Reservations.ContainsKey(order)) yield return $"{OrderStreams.IdOf(order)} is {now.GetType().Name}, and pieces are still set aside for it.";
        }
    }

    private static (Guid Order, int Pieces) ChangeOf(IEvent @event) => @event switch
    {
        StockReserved reserved => (reserved.OrderId, reserved.Quantity),
        StockReleased released => (released.OrderId, -released.Quantity),
        StockReturned returned => (returned.OrderId, -returned.Quantity),
        _ => default,
    };
}
