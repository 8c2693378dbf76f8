using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Shop.Orders;

/// <summary>
/// An event of an <c>order-{uuid}</c> stream. It contains everything that its subscribers need, so that they can answer
/// it without other data.
/// </summary>
public interface IOrderEvent : IEvent;

/// <summary>A customer placed an order. The process now asks each product for its pieces.</summary>
/// <param name="Email">The address for mails until the customer registers one, or null for none.</param>
/// <param name="ReserveBy">The order is rejected if not all products have answered by then.</param>
[WireName("OrderCreated", 1, EventTags.Document, EventTags.Process, EventTags.Timeout)]
public sealed record OrderCreated(
    string Customer,
    IReadOnlyList<OrderLine> Items,
    Sealed? Email,
    DateTimeOffset ReserveBy) : IOrderEvent;

/// <summary>A product reserved pieces at its current price.</summary>
[WireName("OrderItemReserved", 1, EventTags.Document)]
public sealed record OrderItemReserved(
    Guid ProductId,
    int Quantity,
    Money UnitPrice,
    string Seller) : IOrderEvent;

/// <summary>A product declined the reservation. The order is rejected immediately.</summary>
/// <param name="Code">One of <see cref="Products.ProductRefusals"/>.</param>
[WireName("OrderItemDeclined", 1, EventTags.Document)]
public sealed record OrderItemDeclined(
    Guid ProductId,
    string Code,
    string Reason) : IOrderEvent;

/// <summary>
/// Every piece is reserved and nothing prevents the sale, so the order is sold. This shop has no payment. A payment
/// would precede this event as another participant of the process, like the products. The order would ask it for the
/// total, record its answer, and refund it when the order ends.
/// </summary>
/// <param name="Subtotal">The sum of the lines.</param>
/// <param name="Discount">0 to the subtotal.</param>
/// <param name="Total">The subtotal minus the discount.</param>
[WireName("OrderConfirmed", 1, EventTags.Document, EventTags.Process, EventTags.Mail)]
public sealed record OrderConfirmed(
    string Customer,
    IReadOnlyList<OrderedLine> Lines,
    Money Subtotal,
    Money Discount,
    Money Total) : IOrderEvent;

/// <summary>A product, its quantity in pieces, its price at the time of the reservation, and its seller.</summary>
public sealed record OrderedLine(
    Guid ProductId,
    int Quantity,
    Money UnitPrice,
    string Seller);

/// <summary>
/// Every piece is reserved, but the order looks suspicious. It waits for an operator without a timeout.
/// </summary>
[WireName("OrderHeld", 1, EventTags.Document)]
public sealed record OrderHeld(
    IReadOnlyList<OrderedLine> Lines,
    Money Subtotal,
    Money Discount,
    Money Total,
    string Reason) : IOrderEvent;

/// <summary>The order ended without a sale. Its reserved pieces return to the stock.</summary>
/// <param name="Items">Everything that was ordered.</param>
/// <param name="Declined">The product that declined and so has nothing to release, or null if the order ended
/// otherwise.</param>
/// <param name="Code">A stable code in snake_case: one of <see cref="OrderRefusals"/>, or the code of the product or
/// the process.</param>
/// <param name="ReserveBy">The value of <see cref="OrderCreated.ReserveBy"/>.</param>
[WireName("OrderRejected", 1, EventTags.Document, EventTags.Process, EventTags.Mail)]
public sealed record OrderRejected(
    string Customer,
    IReadOnlyList<OrderLine> Items,
    Guid? Declined,
    string Code,
    string Reason,
    DateTimeOffset ReserveBy) : IOrderEvent;

/// <summary>The customer cancelled the order. Its reserved or sold pieces return to the stock.</summary>
/// <param name="Items">Everything that was ordered.</param>
/// <param name="WasConfirmed">True if the pieces were sold, false if they were at most reserved.</param>
/// <param name="ReserveBy">The value of <see cref="OrderCreated.ReserveBy"/>.</param>
[WireName("OrderCancelled", 1, EventTags.Document, EventTags.Process, EventTags.Mail)]
public sealed record OrderCancelled(
    string Customer,
    IReadOnlyList<OrderLine> Items,
    string Reason,
    bool WasConfirmed,
    DateTimeOffset ReserveBy) : IOrderEvent;
