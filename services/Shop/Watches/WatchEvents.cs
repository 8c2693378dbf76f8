using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Shop.Watches;

/// <summary>
/// An event of a <c>watch-{product}-{customer}</c> stream. It has no subscribers. The mailer finds the watchers in the
/// log.
/// </summary>
public interface IWatchEvent : IEvent;

/// <summary>The customer watches the product's price, possibly at a new address.</summary>
[WireName("PriceWatched", 1)]
public sealed record PriceWatched(
    Guid ProductId,
    string Customer,
    Sealed Email) : IWatchEvent;

/// <summary>The customer stopped watching.</summary>
[WireName("PriceUnwatched", 1)]
public sealed record PriceUnwatched(
    Guid ProductId,
    string Customer) : IWatchEvent;
