using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Shop.Watches;

/// <summary>An event of a <c>watch-{product}-{customer}</c> stream. Nobody follows it: who mails looks for the watchers in the log.</summary>
public interface IWatchEvent : IEvent;

/// <summary>The customer watches the product's price, or does so at another address than before.</summary>
[WireName("PriceWatched", 1)]
public sealed record PriceWatched(
    Guid ProductId,
    string Customer,
    Sealed Email) : IWatchEvent;

/// <summary>The customer watches no more.</summary>
[WireName("PriceUnwatched", 1)]
public sealed record PriceUnwatched(
    Guid ProductId,
    string Customer) : IWatchEvent;
