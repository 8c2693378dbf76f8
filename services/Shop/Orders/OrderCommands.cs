using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Shop.Orders;

/// <summary>
/// A command on an <c>order-{uuid}</c> stream. The customer who ordered issues it, an operator (if the order is held),
/// or the order process.
/// </summary>
public interface IOrderCommand : ICommand;

/// <summary>Places an order, whose customer is the actor. The products set the prices when they reserve.</summary>
/// <param name="Email">The token's address, sealed with the customer's own key, or null if the token has none. Mails go
/// there until the customer registers an address.</param>
[WireName("CreateOrder", 1)]
public sealed record CreateOrder(
    IReadOnlyList<OrderLine> Items,
    Sealed? Email) : IOrderCommand
{
    public IEnumerable<Violation> Check() => OrderLimits.Check(this);
}

/// <summary>A product and a quantity in pieces.</summary>
public sealed record OrderLine(
    Guid ProductId,
    int Quantity);

/// <summary>Cancels the order for its customer. Pieces that it reserved or bought return to the stock.</summary>
[WireName("CancelOrder", 1)]
public sealed record CancelOrder(string Reason) : IOrderCommand
{
    public IEnumerable<Violation> Check() => OrderLimits.Check(this);
}

/// <summary>Lets a held order pass, after an operator checked it.</summary>
[WireName("ApproveOrder", 1)]
public sealed record ApproveOrder : IOrderCommand
{
    public IEnumerable<Violation> Check() => [];
}

/// <summary>Rejects a held order, after an operator checked it.</summary>
[WireName("RejectOrder", 1)]
public sealed record RejectOrder(string Reason) : IOrderCommand
{
    public IEnumerable<Violation> Check() => OrderLimits.Check(this);
}

/// <summary>Records in the order that a product reserved pieces (<c>StockReserved</c>).</summary>
[WireName("RecordReservation", 1)]
public sealed record RecordReservation(
    Guid ProductId,
    int Quantity,
    Money UnitPrice,
    string Seller) : IOrderCommand, IProcessCommand
{
    public IEnumerable<Violation> Check() => [];
}

/// <summary>Records in the order that a product declined a reservation (<c>StockReservationDeclined</c>).</summary>
[WireName("RecordDecline", 1)]
public sealed record RecordDecline(
    Guid ProductId,
    string Code,
    string Reason) : IOrderCommand, IProcessCommand
{
    public IEnumerable<Violation> Check() => [];
}

/// <summary>Ends an order whose time to reserve is over.</summary>
[WireName("ExpireOrder", 1)]
public sealed record ExpireOrder : IOrderCommand, IProcessCommand
{
    public IEnumerable<Violation> Check() => [];
}

/// <summary>Rejects an order that must not exist, for example because its customer was deactivated.</summary>
/// <param name="Code">A stable code in snake_case.</param>
/// <param name="Reason">The reason for people.</param>
[WireName("RefuseOrder", 1)]
public sealed record RefuseOrder(
    string Code,
    string Reason) : IOrderCommand, IProcessCommand
{
    public IEnumerable<Violation> Check() => [];
}
