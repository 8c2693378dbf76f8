using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Watches;

namespace ServerlessCqrs.EventsToMail;

/// <summary>A price that fell, as it was at that moment.</summary>
/// <param name="Event">The id of the event: with a customer's it names a mail.</param>
/// <param name="ProductName">What the product was called then.</param>
/// <param name="Watchers">Who watched the price then, each once, with the address of that time.</param>
public sealed record PriceDrop(
    StreamId Stream,
    Guid Event,
    Guid ProductId,
    string ProductName,
    Money Old,
    Money New,
    IReadOnlyList<PriceWatched> Watchers);
