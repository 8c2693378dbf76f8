using System.ComponentModel;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.ShopViews.Products;
using ServerlessCqrs.Streams;
using ServerlessCqrs.Web;
using ServerlessCqrs.Web.Caching;
using ServerlessCqrs.Web.Degradation;
using ServerlessCqrs.Web.OpenApi;

namespace ServerlessCqrs.QueryApi;

/// <summary>The past prices of a product, from its events.</summary>
public static class PriceRoutes
{
    private const string Example = """
        {
          "productId": "018f3a5e-7a60-7c1e-9c55-0d6f3b1a2c01",
          "currency": "USD",
          "points": [{"at": "2026-11-01T12:00:00.000Z", "amount": 100}, {"at": "2026-11-02T09:30:00.000Z", "amount": 80}],
          "partial": false
        }
        """;

    public static IEndpointRouteBuilder MapPrices(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/products/{id}/prices", Read)
            .TakesOnly("from", "to")
            .AnswerWhenAway()
            .WithTags("Products")
            .WithSummary("Price history of a product")
            .WithDescription(
                $"Oldest first. Each price is valid from its time on. The first one is the price at the beginning of the range. With more than {PriceHistory.MaxPoints:N0} prices, the answer has the newest, and partial is true. "
                + $"Also for deleted products. It may be a minute behind. {AnswerHeaders.MayLack}: {AnswerHeaders.NewestCommit} means that the newest commit could not be read.")
            .WithAnswerExample(Example)
            .Produces<PriceHistoryBody>()
            .Produces(StatusCodes.Status304NotModified)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        return routes;
    }

    private static async Task<IResult> Read(
        string id,
        [Description("From this time, ISO 8601. Without an offset, UTC. Default: the beginning.")] string? from,
        [Description("Up to this time. Default: now.")] string? to,
        HttpContext http,
        Lanes lanes,
        CancellationToken ct)
    {
        if (!Uuid.TryParse(id, out var productId)) return ProductAnswer.NotFound.ToResult();
        DateTimeOffset? begin = null, end = null;
        if (from is not null && !IsoTime.TryRead(from, out begin) || to is not null && !IsoTime.TryRead(to, out end)) return IsoTime.Invalid.ToResult();
        if (begin > end) return new Problem(StatusCodes.Status400BadRequest, "range_invalid", "from must not be after to.").ToResult();

        var (events, mayLackNewest) = await lanes.Public.Streams.ReadNewestAsync(ProductStreams.IdOf(productId), new HistoryBounds(AsOf: end), newest => PriceHistory.IsEnough(newest, begin), ct);
        if (PriceHistory.Of(events, begin) is not { } history) return (mayLackNewest ? AwayAnswers.Away : ProductAnswer.NotFound).ToResult();
        if (mayLackNewest) http.Response.Headers[AnswerHeaders.MayLack] = AnswerHeaders.NewestCommit;
        return JsonAnswer.Of(history, QueryApiJson.Default.PriceHistoryBody, mayLackNewest ? CacheFor.NoOne : CacheFor.Charts);
    }
}

/// <summary>A product's prices, folded from its events.</summary>
internal static class PriceHistory
{
    /// <summary>More points than a chart has pixels.</summary>
    public const int MaxPoints = 1_000;

    /// <summary>Returns true if a product's latest events contain everything that is shown.</summary>
    /// <param name="from">Null for the beginning.</param>
    public static bool IsEnough(IReadOnlyList<EventRecord> newest, DateTimeOffset? from) =>
        newest.Any(e => e.At <= from && PriceOf(e.Event) is not null) || newest.Count(e => PriceOf(e.Event) is not null) > MaxPoints;

    /// <summary>Returns the prices from that time to the last event, or null if the product does not exist.</summary>
    /// <param name="events">All events of the product, or enough of its latest.</param>
    /// <param name="from">Null for the beginning.</param>
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

/// <summary>The prices of a product, the oldest first.</summary>
/// <param name="Points">Each price with its start time. The first one was valid at the start of the range.</param>
/// <param name="Partial">True if the range has more changes than are shown. The latest are shown.</param>
public sealed record PriceHistoryBody(
    Guid ProductId,
    string Currency,
    IReadOnlyList<PricePoint> Points,
    bool Partial);
