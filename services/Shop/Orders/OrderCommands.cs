using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Shop.Orders;

/// <summary>A command on an <c>order-{uuid}</c> stream: of the customer who ordered, of an operator where it is held, or of the process that brings products and order together.</summary>
public interface IOrderCommand : ICommand;

/// <summary>Orders; the actor becomes its customer. What it costs, the products say when they reserve.</summary>
/// <param name="Email">The address of the token, sealed with the customer's own key: mails go there while the customer has registered none. Null where the token has none.</param>
[WireName("CreateOrder", 1)]
public sealed record CreateOrder(
    IReadOnlyList<OrderLine> Items,
    Sealed? Email) : IOrderCommand
{
    public IEnumerable<Violation> Check() => OrderLimits.Check(this);
}

/// <summary>So many pieces of a product.</summary>
public sealed record OrderLine(
    Guid ProductId,
    int Quantity);

/// <summary>Its customer no longer wants it. Pieces that it reserved or took go back.</summary>
[WireName("CancelOrder", 1)]
public sealed record CancelOrder(string Reason) : IOrderCommand
{
    public IEnumerable<Violation> Check() => OrderLimits.Check(this);
}

/// <summary>An operator looked at a held order and lets it pass.</summary>
[WireName("ApproveOrder", 1)]
public sealed record ApproveOrder : IOrderCommand
{
    public IEnumerable<Violation> Check() => [];
}

/// <summary>An operator looked at a held order and turns it down.</summary>
[WireName("RejectOrder", 1)]
public sealed record RejectOrder(string Reason) : IOrderCommand
{
    public IEnumerable<Violation> Check() => OrderLimits.Check(this);
}

/// <summary>A product set pieces aside: <c>StockReserved</c>, as the order keeps it.</summary>
[WireName("RecordReservation", 1)]
public sealed record RecordReservation(
    Guid ProductId,
    int Quantity,
    Money UnitPrice,
    string Seller) : IOrderCommand, IProcessCommand
{
    public IEnumerable<Violation> Check() => [];
}

/// <summary>A product has no pieces for it: <c>StockReservationDeclined</c>, as the order keeps it.</summary>
[WireName("RecordDecline", 1)]
public sealed record RecordDecline(
    Guid ProductId,
    string Code,
    string Reason) : IOrderCommand, IProcessCommand
{
    public IEnumerable<Violation> Check() => [];
}

/// <summary>The time to reserve is over.</summary>
[WireName("ExpireOrder", 1)]
public sealed record ExpireOrder : IOrderCommand, IProcessCommand
{
    public IEnumerable<Violation> Check() => [];
}

/// <summary>The order may not be: its customer was deactivated, for one.</summary>
/// <param name="Code">Stable, snake_case.</param>
/// <param name="Reason">The same for a person.</param>
[WireName("RefuseOrder", 1)]
public sealed record RefuseOrder(
    string Code,
    string Reason) : IOrderCommand, IProcessCommand
{
    public IEnumerable<Violation> Check() => [];
}
