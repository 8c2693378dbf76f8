using ServerlessCqrs.Streams;
using static ServerlessCqrs.Shop.Products.ProductRefusals;

namespace ServerlessCqrs.Shop.Products;

/// <summary>
/// Reserves pieces of a product for orders. An impossible reservation is answered with an event and not refused,
/// because the order must learn of it. Only a product that never existed has no stream to answer from. An order of it
/// ends when its time is over.
/// </summary>
internal static class Reservations
{
    public static Decision Decide(ProductState state, IReservationCommand command, DateTimeOffset at) => (state, command) switch
    {
        (ProductState.Unknown, _) => Decision.Refuse(ProductNotFound, "There is no such product."),
        (ProductState.Deleted, ReserveStock reserve) => Decline(reserve, AlreadyDeleted, "The product was deleted."),
        // The stock was written off, including pieces that return later.
        (ProductState.Deleted, _) => Decision.Unchanged,
        (ProductState.OnSale product, ReserveStock reserve) => Reserve(product, reserve, at),
        (ProductState.OnSale product, ReleaseStock release) => Release(product, release, at),
        (ProductState.OnSale product, CompleteReservation complete) => product.Reservations.ContainsKey(complete.OrderId) ? Decision.Accept(new ReservationCompleted(complete.OrderId)) : Decision.Unchanged,
        (ProductState.OnSale product, ReturnStock giveBack) => Return(product, giveBack),
        _ => throw new InvalidOperationException($"A product that is {state.GetType().Name} does not know {command.GetType()}."),
    };

    public static ProductState Evolve(ProductState.OnSale product, IProductEvent @event) => @event switch
    {
        StockReserved reserved => product with { Quantity = reserved.Remaining, Reservations = With(product.Reservations, reserved.OrderId, reserved.Quantity) },
        StockReservationDeclined => product,
        StockReleased released => product with { Quantity = released.Remaining, Reservations = Without(product.Reservations, released.OrderId) },
        ReservationBarred barred => Bar(product, barred),
        ReservationCompleted completed => product with { Reservations = Without(product.Reservations, completed.OrderId) },
        StockReturned returned => product with { Quantity = returned.Remaining },
        _ => throw new InvalidOperationException($"{@event.GetType().Name} is not about a reservation."),
    };

    private static Decision Reserve(ProductState.OnSale product, ReserveStock command, DateTimeOffset at)
    {
        if (product.Reservations.ContainsKey(command.OrderId)) return Decision.Unchanged;
        if (at > command.ReserveBy || product.Barred.ContainsKey(command.OrderId) || command.ReserveBy <= product.BarredThrough)
            return Decline(command, ReservationTooLate, "The order waits for it no longer.");
        if (command.Quantity > product.Quantity) return Decline(command, InsufficientStock, $"There are only {product.Quantity} in stock.");
        return product.Reservations.Count >= ProductLimits.MaxReservations
            ? Decline(command, TooManyReservations, "Too many orders ask for it at once; it may be tried again.")
            : Decision.Accept(new StockReserved(command.OrderId, command.Quantity, product.Quantity - command.Quantity, product.Price, product.Seller));
    }

    private static Decision Decline(ReserveStock command, string code, string reason) => Decision.Accept(new StockReservationDeclined(command.OrderId, code, reason));

    private static Decision Release(ProductState.OnSale product, ReleaseStock command, DateTimeOffset at)
    {
        if (product.Reservations.TryGetValue(command.OrderId, out var quantity)) return Decision.Accept(Released(product, command.OrderId, quantity));
        // After ReserveBy nothing must be remembered. This decision's time is now the stream's time, which never
        // decreases, so a later reservation is too late.
        return at > command.ReserveBy || product.Barred.ContainsKey(command.OrderId) || command.ReserveBy <= product.BarredThrough
            ? Decision.Unchanged
            : Decision.Accept(new ReservationBarred(command.OrderId, command.ReserveBy));
    }

    /// <summary>
    /// Returned pieces were in stock before, so no limit applies: the stock may exceed what a seller can set.
    /// </summary>
    private static Decision Return(ProductState.OnSale product, ReturnStock command) => product.Reservations.TryGetValue(command.OrderId, out var quantity)
        // The cancellation arrived before the confirmation, which then finds nothing to complete.
        ? Decision.Accept(Released(product, command.OrderId, quantity))
        : Decision.Accept(new StockReturned(command.OrderId, command.Quantity, checked(product.Quantity + command.Quantity)));

    private static StockReleased Released(ProductState.OnSale product, Guid orderId, int quantity) => new(orderId, quantity, checked(product.Quantity + quantity));

    private static ProductState.OnSale Bar(ProductState.OnSale product, ReservationBarred @event)
    {
        var barred = With(product.Barred, @event.OrderId, @event.Until);
        if (barred.Count <= ProductLimits.MaxBarred) return product with { Barred = barred };
        var (oldest, until) = barred.MinBy(bar => (bar.Value, bar.Key));
        return product with { Barred = Without(barred, oldest), BarredThrough = product.BarredThrough > until ? product.BarredThrough : until };
    }

    private static SortedDictionary<Guid, T> With<T>(IReadOnlyDictionary<Guid, T> all, Guid orderId, T value) => new(all.ToDictionary()) { [orderId] = value };

    private static SortedDictionary<Guid, T> Without<T>(IReadOnlyDictionary<Guid, T> all, Guid orderId) => new(all.Where(one => one.Key != orderId).ToDictionary());
}
