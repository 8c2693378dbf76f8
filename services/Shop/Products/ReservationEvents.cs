using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Shop.Products;

/// <summary>An order took pieces out of the stock.</summary>
/// <param name="Remaining">Pieces in stock after it.</param>
/// <param name="UnitPrice">The price of that moment: the order pays it, whatever the price becomes.</param>
[WireName("StockReserved", 1, EventTags.Document, EventTags.Edge, EventTags.Process)]
public sealed record StockReserved(
    Guid OrderId,
    int Quantity,
    int Remaining,
    Money UnitPrice,
    string Seller) : IProductEvent;

/// <summary>An order got no pieces; the stock is as it was. It may happen to a deleted product.</summary>
/// <param name="Code">One of <see cref="ProductRefusals"/>.</param>
/// <param name="Reason">The same for a person.</param>
[WireName("StockReservationDeclined", 1, EventTags.Document, EventTags.Process)]
public sealed record StockReservationDeclined(
    Guid OrderId,
    string Code,
    string Reason) : IProductEvent;

/// <summary>Reserved pieces are back in stock.</summary>
/// <param name="Remaining">Pieces in stock after it.</param>
[WireName("StockReleased", 1, EventTags.Document, EventTags.Edge)]
public sealed record StockReleased(
    Guid OrderId,
    int Quantity,
    int Remaining) : IProductEvent;

/// <summary>An order ended before its reservation came: should it come yet, it gets nothing.</summary>
/// <param name="Until">What comes later is too late anyway.</param>
[WireName("ReservationBarred", 1, EventTags.Document)]
public sealed record ReservationBarred(
    Guid OrderId,
    DateTimeOffset Until) : IProductEvent;

/// <summary>Reserved pieces are sold.</summary>
[WireName("ReservationCompleted", 1, EventTags.Document)]
public sealed record ReservationCompleted(Guid OrderId) : IProductEvent;

/// <summary>Sold pieces are back in stock.</summary>
/// <param name="Remaining">Pieces in stock after it.</param>
[WireName("StockReturned", 1, EventTags.Document, EventTags.Edge)]
public sealed record StockReturned(
    Guid OrderId,
    int Quantity,
    int Remaining) : IProductEvent;
