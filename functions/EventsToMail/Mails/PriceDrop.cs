using ServerlessCqrs.Shop;

namespace ServerlessCqrs.EventsToMail.Mails;

/// <summary>A price that fell.</summary>
/// <param name="ProductName">The product's name at that time.</param>
public sealed record PriceDrop(
    Guid ProductId,
    string ProductName,
    Money Old,
    Money New);
