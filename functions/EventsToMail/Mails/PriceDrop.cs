using ServerlessCqrs.Shop;

namespace ServerlessCqrs.EventsToMail.Mails;

/// <summary>A price that fell, as it was at that moment.</summary>
/// <param name="ProductName">What the product was called then.</param>
public sealed record PriceDrop(
    Guid ProductId,
    string ProductName,
    Money Old,
    Money New);
