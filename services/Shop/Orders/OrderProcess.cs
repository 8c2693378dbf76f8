using ServerlessCqrs.Shop.Customers;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Shop.Reviews;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Shop.Orders;

/// <summary>
/// What holds orders, products and reviews together: it answers an event with commands, as a function of that event alone. It keeps no state, since the order's is its state, and may be told any event again and in any order. Who
/// sends the commands makes their ids of the event's (one event is answered with one command of a kind to a stream at most) and gives them the event's time, both the same on every delivery, so that each acts once.
/// </summary>
public static class OrderProcess
{
    /// <summary>Who its commands are from.</summary>
    public static Actor Itself { get; } = new("order-process", Actor.Process);

    /// <summary>As the framework sends its commands: the order is the trail of what it asked of products, and what they answered.</summary>
    public static ProcessManager Manager { get; } = new(Itself, OrderStreams.Category, ShopContracts.Commands);

    /// <summary>The commands that follow from an event of <paramref name="stream"/>: none from most.</summary>
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

    /// <summary>The commands that follow instead from an <see cref="OrderCreated"/> whose customer was deactivated: no product is asked.</summary>
    public static IReadOnlyList<(StreamId Target, ICommand Command)> Refuse(StreamId order) => [(order, new RefuseOrder(CustomerRefusals.UserDeactivated, "The customer was deactivated."))];

    /// <summary>
    /// The command that follows besides from a <see cref="StockReserved"/> whose order had ended before it was sold: mostly its pieces are back by then, and nothing comes of it. But a product that was not there yet could not remember that
    /// the order had given it up.
    /// </summary>
    /// <param name="at">The event's time: what is not there needs no bar.</param>
    /// <param name="order">As the stream's tip has it; null where there is none.</param>
    public static IReadOnlyList<(StreamId Target, ICommand Command)> GiveBack(StreamId product, StockReserved reserved, DateTimeOffset at, OrderState? order) =>
        order is OrderState.Rejected or OrderState.Cancelled { WasConfirmed: false } ? [(product, new ReleaseStock(reserved.OrderId, at))] : [];

    /// <summary>The commands that follow once <see cref="OrderCreated.ReserveBy"/> is over, which is their time: an order that still waits for its products ends.</summary>
    /// <param name="state">As the stream's tip has it; null where it tells nothing: then the order decides for itself.</param>
    public static IReadOnlyList<(StreamId Target, ICommand Command)> Overdue(StreamId order, OrderState? state) => state is null or OrderState.Pending ? [(order, new ExpireOrder())] : [];

    private static IReadOnlyList<(StreamId Target, ICommand Command)> ToProducts(IEnumerable<OrderLine> items, Func<OrderLine, ICommand> command) =>
        [.. items.Select(item => (ProductStreams.IdOf(item.ProductId), command(item)))];

    private static Guid OrderOf(StreamId stream) => OrderStreams.TryParse(stream, out var order) ? order : throw new InvalidOperationException($"{stream} is not the stream of an order.");

    private static Guid ProductOf(StreamId stream) => ProductStreams.TryParse(stream, out var product) ? product : throw new InvalidOperationException($"{stream} is not the stream of a product.");
}
