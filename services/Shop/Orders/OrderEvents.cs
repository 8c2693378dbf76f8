using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Shop.Orders;

/// <summary>An event of an <c>order-{uuid}</c> stream. It carries all that who follows it must know, so that an answer to it is a function of it alone.</summary>
public interface IOrderEvent : IEvent;

/// <summary>A customer ordered; now each product is asked for its pieces.</summary>
/// <param name="Email">Where mails go while the customer has registered no address; null where none was given.</param>
/// <param name="ReserveBy">An order whose products have not all answered by then is rejected.</param>
[WireName("OrderCreated", 1, EventTags.Document, EventTags.Process, EventTags.Timeout)]
public sealed record OrderCreated(
    string Customer,
    IReadOnlyList<OrderLine> Items,
    Sealed? Email,
    DateTimeOffset ReserveBy) : IOrderEvent;

/// <summary>A product set pieces aside, at the price of that moment.</summary>
[WireName("OrderItemReserved", 1, EventTags.Document)]
public sealed record OrderItemReserved(
    Guid ProductId,
    int Quantity,
    Money UnitPrice,
    string Seller) : IOrderEvent;

/// <summary>A product has no pieces for it. The order is rejected at once.</summary>
/// <param name="Code">One of <see cref="Products.ProductRefusals"/>.</param>
[WireName("OrderItemDeclined", 1, EventTags.Document)]
public sealed record OrderItemDeclined(
    Guid ProductId,
    string Code,
    string Reason) : IOrderEvent;

/// <summary>
/// Every piece is reserved, and nothing speaks against it: it is sold. Payment stays out of this shop; it would stand before this event, as one more participant of the process like the products: the order asks it for the total,
/// its answer is recorded as theirs are, and a payment of an order that ended is given back as their pieces are.
/// </summary>
/// <param name="Subtotal">What the lines cost.</param>
/// <param name="Discount">0 to the subtotal.</param>
/// <param name="Total">Subtotal less discount.</param>
[WireName("OrderConfirmed", 1, EventTags.Document, EventTags.Process, EventTags.Mail)]
public sealed record OrderConfirmed(
    string Customer,
    IReadOnlyList<OrderedLine> Lines,
    Money Subtotal,
    Money Discount,
    Money Total) : IOrderEvent;

/// <summary>So many pieces of a product, at the price it had when they were reserved, sold by that seller.</summary>
public sealed record OrderedLine(
    Guid ProductId,
    int Quantity,
    Money UnitPrice,
    string Seller);

/// <summary>Every piece is reserved, but the order looks wrong: it waits for an operator, as long as it takes.</summary>
[WireName("OrderHeld", 1, EventTags.Document)]
public sealed record OrderHeld(
    IReadOnlyList<OrderedLine> Lines,
    Money Subtotal,
    Money Discount,
    Money Total,
    string Reason) : IOrderEvent;

/// <summary>The order ended without a sale. What it reserved goes back.</summary>
/// <param name="Items">All that was ordered.</param>
/// <param name="Declined">The product whose answer ended it, which has nothing to put back; null where it ended otherwise.</param>
/// <param name="Code">Stable, snake_case: one of <see cref="OrderRefusals"/>, or what the product or the process said.</param>
/// <param name="ReserveBy">As when it was created.</param>
[WireName("OrderRejected", 1, EventTags.Document, EventTags.Process, EventTags.Mail)]
public sealed record OrderRejected(
    string Customer,
    IReadOnlyList<OrderLine> Items,
    Guid? Declined,
    string Code,
    string Reason,
    DateTimeOffset ReserveBy) : IOrderEvent;

/// <summary>The customer cancelled. What it reserved or took goes back.</summary>
/// <param name="Items">All that was ordered.</param>
/// <param name="WasConfirmed">Whether the pieces were sold, or only reserved, if that.</param>
/// <param name="ReserveBy">As when it was created.</param>
[WireName("OrderCancelled", 1, EventTags.Document, EventTags.Process, EventTags.Mail)]
public sealed record OrderCancelled(
    string Customer,
    IReadOnlyList<OrderLine> Items,
    string Reason,
    bool WasConfirmed,
    DateTimeOffset ReserveBy) : IOrderEvent;
