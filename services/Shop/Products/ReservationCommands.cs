using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Shop.Products;

/// <summary>A command on a <c>product-{uuid}</c> stream about the pieces that an order takes. An order sends one of each kind to a product at most.</summary>
public interface IReservationCommand : IProductCommand, IProcessCommand;

/// <summary>Takes pieces out of the stock for an order, or answers why not.</summary>
/// <param name="ReserveBy">The order waits no longer: a decision after that, as behind an outage, declines. The order
/// is then rejected, and what others set aside for it goes back.</param>
[WireName("ReserveStock", 1)]
public sealed record ReserveStock(
    Guid OrderId,
    int Quantity,
    DateTimeOffset ReserveBy) : IReservationCommand
{
    public IEnumerable<Violation> Check() => ProductLimits.Check(this);
}

/// <summary>The order ended without these pieces: puts them back, and lets no late <see cref="ReserveStock"/> of it take any.</summary>
[WireName("ReleaseStock", 1)]
public sealed record ReleaseStock(
    Guid OrderId,
    DateTimeOffset ReserveBy) : IReservationCommand
{
    public IEnumerable<Violation> Check() => [];
}

/// <summary>The order is confirmed: its pieces are sold.</summary>
[WireName("CompleteReservation", 1)]
public sealed record CompleteReservation(Guid OrderId) : IReservationCommand
{
    public IEnumerable<Violation> Check() => [];
}

/// <summary>A confirmed order was cancelled: puts its pieces back. It is relative: only the command ids that the write path remembers keep it from acting twice.</summary>
[WireName("ReturnStock", 1)]
public sealed record ReturnStock(
    Guid OrderId,
    int Quantity) : IReservationCommand
{
    public IEnumerable<Violation> Check() => ProductLimits.Check(this);
}
