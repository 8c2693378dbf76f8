using System.ComponentModel;
using System.Text.Json.Serialization;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.Projections;
using ServerlessCqrs.Shop.Orders;
using ServerlessCqrs.ShopViews.Orders;
using ServerlessCqrs.Streams;
using ServerlessCqrs.Web;
using ServerlessCqrs.Web.Caching;
using ServerlessCqrs.Web.Degradation;
using ServerlessCqrs.Web.Freshness;
using ServerlessCqrs.Web.OpenApi;
using ServerlessCqrs.Web.Paging;

namespace ServerlessCqrs.QueryApi;

/// <summary>Orders for their customers, and for operators.</summary>
public static class OrderRoutes
{
    private const string OneExample = """
        {
          "id": "018f3a5e-7a60-7c1e-9c55-0d6f3b1a2c30",
          "customer": "customer-1",
          "status": "confirmed",
          "items": [{"productId": "018f3a5e-7a60-7c1e-9c55-0d6f3b1a2c01", "quantity": 2, "unitPrice": 80, "seller": "seller-1"}],
          "subtotal": 160,
          "discount": 0,
          "total": 160,
          "currency": "USD",
          "version": 3,
          "createdAt": "2026-11-02T10:00:00.000Z",
          "updatedAt": "2026-11-02T10:00:01.000Z"
        }
        """;

    private const string SummaryExample = """
        {
          "orders": 3,
          "confirmed": 2,
          "spent": [{"amount": 240, "currency": "USD"}],
          "last": {"id": "018f3a5e-7a60-7c1e-9c55-0d6f3b1a2c30", "createdAt": "2026-11-02T10:00:00.000Z"}
        }
        """;

    private static readonly Problem NotFound = Problem.Of(OrderRefusals.OrderNotFound, "You have no such order.");

    public static IEndpointRouteBuilder MapOrders(this IEndpointRouteBuilder routes)
    {
        var orders = routes.MapGroup("").RequireAuthorization(TokenAuthentication.AnyRole).AnswerWhenAway().WithTags("Orders");
        orders.MapGet("/orders/{id}", Read)
            .TakesOnly("atLeastVersion")
            .WithSummary("Read an order")
            .WithDescription(
                "For its customer and operators. Status: pending (items are being reserved), held (an operator must decide), confirmed (sold), rejected (with code and reason) or cancelled. The ETag is its version. "
                + $"If the read model is unavailable or behind, the order is computed from its events: {AnswerHeaders.AnsweredFrom} is then {AnswerHeaders.EventStore}. {AnswerHeaders.MayLack}: {AnswerHeaders.NewestCommit} means that the newest commit could not be read.")
            .WithAnswerExample(OneExample)
            .Produces<OrderDocument>()
            .Produces(StatusCodes.Status304NotModified)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        orders.MapGet("/users/me/orders", List)
            .TakesOnly("limit", "cursor", "asOf")
            .WithSummary("List the caller's orders, newest first")
            .WithDescription(
                "next, and Link with rel=next, lead to the next page. The list may be a moment behind its orders. "
                + $"With asOf, the list is computed from events, and {AnswerHeaders.AnsweredFrom} is {AnswerHeaders.EventStore}. Orders of the last seconds may be missing.")
            .WithAnswerExample($$"""{"items": [{{OneExample}}], "next": null}""")
            .Produces<OrderListBody>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        orders.MapGet("/users/me/orders/summary", Summary)
            .TakesOnly()
            .WithSummary("Summarize the caller's orders")
            .WithDescription("The number of all orders, the number and cost of sold orders that were not cancelled (one amount per currency), and the newest order.")
            .WithAnswerExample(SummaryExample)
            .Produces<CustomerOrders>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        return routes;
    }

    private static async Task<IResult> Read(
        string id,
        [Description("Reads your own write: the order at this version or later, never older. 503 if that version is not visible within about a second. 400 if it is more than 2,000 versions ahead.")] string? atLeastVersion,
        HttpContext http,
        OrderReader orders,
        CancellationToken ct)
    {
        if (!Uuid.TryParse(id, out var orderId)) return NotFound.ToResult();
        if (!VersionParameter.TryRead(atLeastVersion, out var atLeast)) return VersionParameter.Invalid.ToResult();
        if (await orders.ReadAsync(orderId, Caller.Of(http).Actor, atLeast, ct) is not { } view) return VersionParameter.TooFar("order", atLeast!.Value).ToResult();
        if (view.Order is not { } order) return (view.MayLackNewest ? AwayAnswers.Away : NotFound).ToResult();
        if (order.Version < atLeast) return VersionParameter.NotReached("order", atLeast.Value).ToResult();
        if (view.IsFolded) http.Response.Headers[AnswerHeaders.AnsweredFrom] = AnswerHeaders.EventStore;
        if (view.MayLackNewest) http.Response.Headers[AnswerHeaders.MayLack] = AnswerHeaders.NewestCommit;
        return new JsonAnswer(PlainJson.WriteUtf8(order, QueryApiJson.Default.OrderDocument), EntityTags.OfVersion(order.Version), CacheFor.NoOne);
    }

    private static async Task<IResult> List(
        [Description("How many orders, 1 to 100. Default: 20.")] string? limit,
        [Description("The value of next on the previous page.")] string? cursor,
        [Description("The orders at this time, ISO 8601. Without an offset, UTC.")] string? asOf,
        HttpContext http,
        IOrderQueries orders,
        Lanes lanes,
        ReadModelCircuits circuits,
        CancellationToken ct)
    {
        if (Pages.LimitOf(limit) is not { } count) return Pages.LimitInvalid.ToResult();
        DateTimeOffset? then = null;
        if (asOf is not null && !IsoTime.TryRead(asOf, out then)) return IsoTime.Invalid.ToResult();
        var customer = Caller.Of(http).Actor.Id;
        var fitting = await Pages.FitAsync(count, QueryApiJson.Default.OrderListBody, async most => await ReadAsync(most) is { } page ? new OrderListBody(page.Orders, page.Next) : null);
        if (fitting is not var (body, json)) return Pages.CursorInvalid.ToResult();
        if (then is not null) http.Response.Headers[AnswerHeaders.AnsweredFrom] = AnswerHeaders.EventStore;
        Pages.LinkNext(http, body.Next);
        return Pages.Private(json);

        Task<OrderPage?> ReadAsync(int most) => then is { } time
            ? Pages.ReadAsync(async token => await (await lanes.Wide.Past().OrdersAsync(customer, time, token)).OfCustomerAsync(customer, most, cursor, token), ct)
            : circuits.Orders.ReadPageAsync(token => orders.OfCustomerAsync(customer, most, cursor, token), ct);
    }

    private static async Task<IResult> Summary(HttpContext http, IOrderQueries orders, ReadModelCircuits circuits, CancellationToken ct)
    {
        var customer = Caller.Of(http).Actor.Id;
        return TypedResults.Json(await circuits.Orders.CallAsync(token => orders.SummaryAsync(customer, token), ct), QueryApiJson.Plain.CustomerOrders);
    }
}

/// <summary>
/// Reads orders for callers who may see them. Other callers cannot distinguish an existing order from a missing one,
/// neither by the answer nor by the reads and so the duration.
/// </summary>
public sealed class OrderReader(IOrderQueries orders, Lanes lanes, UnprojectedStreams unprojected, ReadModelCircuits circuits, VersionWait wait)
{
    private static readonly OrderProjection Projection = new();

    /// <summary>
    /// Returns the order from the read model, or from log and tip while that is unavailable or lags. It may still be
    /// older than <paramref name="atLeast"/>, which the caller checks. Returns null if that version is so far beyond
    /// the tip that no client can have seen it.
    /// </summary>
    /// <param name="atLeast">The version to wait for, or null for any version.</param>
    /// <exception cref="DependencyAwayException">Neither read model nor log can be read, or it is unknown whether the
    /// order exists.</exception>
    public async Task<OrderView?> ReadAsync(Guid id, Actor caller, long? atLeast, CancellationToken ct)
    {
        var stream = OrderStreams.IdOf(id);
        Found found;
        try
        {
            found = await FindAsync(id, caller, ct);
            if (IsEnough(found)) return Shown(found);
            if (atLeast is { } version)
            {
                if (!await unprojected.MayReachAsync(stream, version, ct, isHidden: found.IsHidden)) return null;
                found = await wait.ReadAsync(token => FindAsync(id, caller, token), IsEnough, ct);
                if (IsEnough(found)) return Shown(found);
            }
        }
        catch (DependencyAwayException)
        {
            var (events, mayLackNewest) = await lanes.Usual.Streams.ReadAsync(stream, HistoryBounds.Everything, ct);
            return Folded(events, caller, mayLackNewest);
        }

        return await FoldUnprojectedAsync(stream, found, caller, ct);

        bool IsEnough(Found one) => one.Order is { } order && !(order.Version < atLeast);
    }

    /// <summary>
    /// Reads the tip first, whether the order is hidden or missing. The tip usually has all events of a new order.
    /// </summary>
    private async Task<OrderView> FoldUnprojectedAsync(StreamId stream, Found found, Actor caller, CancellationToken ct)
    {
        var tip = await unprojected.FindAsync(stream, ct);
        if (tip is null || found.IsHidden) return Shown(found);
        if (tip.Newest.Events is [{ Version: 1 }, ..] all) return Folded(all, caller, mayLackNewest: false);
        var (events, mayLackNewest) = await unprojected.Lane.Streams.ReadAsync(stream, HistoryBounds.Everything, ct);
        return Folded(events, caller, mayLackNewest);
    }

    private async Task<Found> FindAsync(Guid id, Actor caller, CancellationToken ct)
    {
        var (order, fault) = await circuits.Orders.CallAsync(token => TryFindAsync(id, token), ct);
        if (fault is not null) throw new DependencyAwayException(circuits.Orders.Name, fault);
        var visible = Visible(order, caller);
        return new Found(visible, IsHidden: order is not null && visible is null);
    }

    // One unreadable order is not a failure of the table, and must not open its circuit.
    private async Task<(OrderDocument? Order, FormatException? Fault)> TryFindAsync(Guid id, CancellationToken ct)
    {
        try
        {
            return (await orders.FindAsync(id, ct), null);
        }
        catch (FormatException e)
        {
            return (null, e);
        }
    }

    private static OrderView Shown(Found found) => new(found.Order, IsFolded: false, MayLackNewest: false);

    private static OrderView Folded(IReadOnlyList<EventStore.EventRecord> events, Actor caller, bool mayLackNewest) =>
        new(Visible(Projection.Fold(events)?.Document, caller), IsFolded: true, mayLackNewest);

    private static OrderDocument? Visible(OrderDocument? order, Actor caller) => caller.Role == Actor.Operator || order?.Customer == caller.Id ? order : null;

    /// <param name="IsHidden">True if the order exists and is not the caller's.</param>
    private readonly record struct Found(OrderDocument? Order, bool IsHidden);
}

/// <summary>What a caller may see of an order, and where it was read.</summary>
/// <param name="Order">Null if there is none, or none of the caller's.</param>
/// <param name="IsFolded">True if it was folded from events and not read from the read model.</param>
/// <param name="MayLackNewest">True if only the log could be read, which may lack the latest commit.</param>
public sealed record OrderView(
    OrderDocument? Order,
    bool IsFolded,
    bool MayLackNewest);

/// <summary>A page of a customer's orders.</summary>
/// <param name="Next">The cursor of the next page, or null at the end.</param>
public sealed record OrderListBody(
    IReadOnlyList<OrderDocument> Items,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Next);
