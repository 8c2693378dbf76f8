using ServerlessCqrs.EventStore;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.QueryApi.Prices;

/// <summary>A product's prices, folded from its events.</summary>
internal static class PriceHistory
{
    /// <summary>More than a chart has pixels for.</summary>
    public const int MaxPoints = 1_000;

    /// <summary>Whether a product's newest events tell all that is to be shown.</summary>
    /// <param name="from">Null from the beginning on.</param>
    public static bool IsEnough(IReadOnlyList<EventRecord> newest, DateTimeOffset? from) =>
        newest.Any(e => e.At <= from && PriceOf(e.Event) is not null) || newest.Count(e => PriceOf(e.Event) is not null) > MaxPoints;

    /// <summary>The prices in force from that time on, up to the last event; null where there is no product.</summary>
    /// <param name="events">All of the product's, or enough of its newest.</param>
    /// <param name="from">Null from the beginning on.</param>
    public static PriceHistoryBody? Of(IReadOnlyList<EventRecord> events, DateTimeOffset? from)
    {
        if (events.Count == 0) return null;
        (DateTimeOffset At, Money Price)[] prices = [.. events.Select(e => (e.At, Price: PriceOf(e.Event)!)).Where(price => price.Price is not null)];
        var begin = from is { } time ? Math.Max(0, Array.FindLastIndex(prices, price => price.At <= time)) : 0;
        var shown = prices[Math.Max(begin, prices.Length - MaxPoints)..];
        return new PriceHistoryBody(
            Guid.Parse(events[0].Stream.Key),
            prices[0].Price.Currency,
            [.. shown.Select(price => new PricePoint(price.At, price.Price.Amount))],
            Partial: prices.Length - begin > MaxPoints);
    }

    private static Money? PriceOf(IEvent e) => e switch
    {
        ProductCreated created => created.Price,
        ProductPriceUpdated updated => updated.New,
        _ => null,
    };
}
