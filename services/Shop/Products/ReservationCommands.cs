using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Shop.Products;

/// <summary>
/// A command on a <c>product-{uuid}</c> stream about the pieces of an order. An order sends at most one of each type to
/// a product.
/// </summary>
public interface IReservationCommand : IProductCommand, IProcessCommand;

/// <summary>Reserves pieces for an order, or answers why not.</summary>
/// <param name="ReserveBy">The order waits until then. A later decision, for example after an outage, declines. The
/// order is then rejected, and other products release their pieces.</param>
[WireName("ReserveStock", 1)]
public sealed record ReserveStock(
    Guid OrderId,
    int Quantity,
    DateTimeOffset ReserveBy) : IReservationCommand
{
    public IEnumerable<Violation> Check() => ProductLimits.Check(this);
}

/// <summary>Releases the pieces of an order that ended, and declines its late <see cref="ReserveStock"/>.</summary>
[WireName("ReleaseStock", 1)]
public sealed record ReleaseStock(
    Guid OrderId,
    DateTimeOffset ReserveBy) : IReservationCommand
{
    public IEnumerable<Violation> Check() => [];
}

/// <summary>Completes the reservation of a confirmed order: its pieces are sold.</summary>
[WireName("CompleteReservation", 1)]
public sealed record CompleteReservation(Guid OrderId) : IReservationCommand
{
    public IEnumerable<Violation> Check() => [];
}

/// <summary>
/// Returns the pieces of a confirmed order that was cancelled. It is relative, so the write path must recognize a
/// repeat by its command id.
/// </summary>
[WireName("ReturnStock", 1)]
public sealed record ReturnStock(
    Guid OrderId,
    int Quantity) : IReservationCommand
{
    public IEnumerable<Violation> Check() => ProductLimits.Check(this);
}
