using ServerlessCqrs.Shop.Customers;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Shop.Reviews;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Shop.Orders;

/// <summary>
/// Coordinates orders, products and reviews: it answers an event with commands, using only that event. It stores
/// nothing, because the order's state is its state. It can get any event again and in any order. The sender derives the
/// commands' ids from the event's id, and uses the event's time. Both are the same on every delivery, so each command
/// acts once. An event is answered with at most one command of each type per stream.
/// </summary>
public static class OrderProcess
{
    /// <summary>The actor of its commands.</summary>
    public static Actor Itself { get; } = new("order-process", Actor.Process);

    /// <summary>The order's stream is the trail: it holds the requests to products and their answers.</summary>
    public static ProcessManager Manager { get; } = new(Itself, OrderStreams.Category, ShopContracts.Commands);

    /// <summary>
    /// Returns the commands that answer an event of <paramref name="stream"/>. Most events have none.
    /// </summary>
    public static IReadOnlyList<(StreamId Target, ICommand Command)> React(StreamId stream, IEvent @event) => @event switch
    {
        OrderCreated created => ToProducts(created.Items, item => new ReserveStock(OrderOf(stream), item.Quantity, created.ReserveBy)),
        StockReserved reserved => [(OrderStreams.IdOf(reserved.OrderId), new RecordReservation(ProductOf(stream), reserved.Quantity, reserved.UnitPrice, reserved.Seller))],
        StockReservationDeclined declined => [(OrderStreams.IdOf(declined.OrderId), new RecordDecline(ProductOf(stream), declined.Code, declined.Reason))],
        OrderConfirmed confirmed =>
        [
            .. confirmed.Lines.Select(line => (ProductStreams.IdOf(line.ProductId), (ICommand)new CompleteReservation(OrderOf(stream)))),
            .. confirmed.Lines.Select(line => (ReviewStreams.IdOf(line.ProductId, confirmed.Customer), (ICommand)new RecordPurchase(line.ProductId, confirmed.Customer, line.Seller, OrderOf(stream)))),
        ],
        OrderRejected rejected => ToProducts(rejected.Items.Where(item => item.ProductId != rejected.Declined), _ => new ReleaseStock(OrderOf(stream), rejected.ReserveBy)),
        OrderCancelled { WasConfirmed: false } cancelled => ToProducts(cancelled.Items, _ => new ReleaseStock(OrderOf(stream), cancelled.ReserveBy)),
        OrderCancelled cancelled =>
        [
            .. ToProducts(cancelled.Items, item => new ReturnStock(OrderOf(stream), item.Quantity)),
            .. cancelled.Items.Select(item => (ReviewStreams.IdOf(item.ProductId, cancelled.Customer), (ICommand)new WithdrawPurchase(item.ProductId, cancelled.Customer, OrderOf(stream)))),
        ],
        _ => [],
    };

    /// <summary>
    /// Returns the commands for an <see cref="OrderCreated"/> of a deactivated customer. They ask no product.
    /// </summary>
    public static IReadOnlyList<(StreamId Target, ICommand Command)> Refuse(StreamId order) => [(order, new RefuseOrder(CustomerRefusals.UserDeactivated, "The customer was deactivated."))];

    /// <summary>
    /// Returns an additional command for a <see cref="StockReserved"/> whose order ended before it was sold. Usually
    /// the pieces were already released, and the command changes nothing. But a product that did not exist yet could
    /// not record that the order had ended.
    /// </summary>
    /// <param name="at">The event's time. A missing reservation needs no bar.</param>
    /// <param name="order">The state in the stream's tip, or null if there is none.</param>
    public static IReadOnlyList<(StreamId Target, ICommand Command)> GiveBack(StreamId product, StockReserved reserved, DateTimeOffset at, OrderState? order) =>
        order is OrderState.Rejected or OrderState.Cancelled { WasConfirmed: false } ? [(product, new ReleaseStock(reserved.OrderId, at))] : [];

    /// <summary>
    /// Returns the commands after <see cref="OrderCreated.ReserveBy"/>, which is their time: an order that still waits
    /// for products ends.
    /// </summary>
    /// <param name="state">The state in the stream's tip. If it is null, the order itself decides.</param>
    public static IReadOnlyList<(StreamId Target, ICommand Command)> Overdue(StreamId order, OrderState? state) => state is null or OrderState.Pending ? [(order, new ExpireOrder())] : [];

    private static IReadOnlyList<(StreamId Target, ICommand Command)> ToProducts(IEnumerable<OrderLine> items, Func<OrderLine, ICommand> command) =>
        [.. items.Select(item => (ProductStreams.IdOf(item.ProductId), command(item)))];

    private static Guid OrderOf(StreamId stream) => OrderStreams.TryParse(stream, out var order) ? order : throw new InvalidOperationException($"{stream} is not the stream of an order.");

    private static Guid ProductOf(StreamId stream) => ProductStreams.TryParse(stream, out var product) ? product : throw new InvalidOperationException($"{stream} is not the stream of a product.");
}
