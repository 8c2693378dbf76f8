using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Shop.Products;

/// <summary>An order reserved pieces of the stock.</summary>
/// <param name="Remaining">The pieces left in stock.</param>
/// <param name="UnitPrice">The current price, which the order pays even if the price changes.</param>
[WireName("StockReserved", 1, EventTags.Document, EventTags.Edge, EventTags.Process)]
public sealed record StockReserved(
    Guid OrderId,
    int Quantity,
    int Remaining,
    Money UnitPrice,
    string Seller) : IProductEvent;

/// <summary>An order got no pieces, and the stock is unchanged. A deleted product can have this event too.</summary>
/// <param name="Code">One of <see cref="ProductRefusals"/>.</param>
/// <param name="Reason">The reason for people.</param>
[WireName("StockReservationDeclined", 1, EventTags.Document, EventTags.Process)]
public sealed record StockReservationDeclined(
    Guid OrderId,
    string Code,
    string Reason) : IProductEvent;

/// <summary>Reserved pieces returned to the stock.</summary>
/// <param name="Remaining">The pieces now in stock.</param>
[WireName("StockReleased", 1, EventTags.Document, EventTags.Edge)]
public sealed record StockReleased(
    Guid OrderId,
    int Quantity,
    int Remaining) : IProductEvent;

/// <summary>An order ended before its reservation arrived. If it still arrives, it is declined.</summary>
/// <param name="Until">A reservation after this time is too late anyway.</param>
[WireName("ReservationBarred", 1, EventTags.Document)]
public sealed record ReservationBarred(
    Guid OrderId,
    DateTimeOffset Until) : IProductEvent;

/// <summary>Reserved pieces were sold.</summary>
[WireName("ReservationCompleted", 1, EventTags.Document)]
public sealed record ReservationCompleted(Guid OrderId) : IProductEvent;

/// <summary>Sold pieces returned to the stock.</summary>
/// <param name="Remaining">The pieces now in stock.</param>
[WireName("StockReturned", 1, EventTags.Document, EventTags.Edge)]
public sealed record StockReturned(
    Guid OrderId,
    int Quantity,
    int Remaining) : IProductEvent;
