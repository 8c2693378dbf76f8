using System.Globalization;
using ServerlessCqrs.Shop.Orders;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Simulation.Services;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Simulation.Checks;

/// <summary>
/// A request as it reaches a service, with the state at that moment. An answer may know more, and never less.
/// </summary>
/// <param name="Product">The requested product, or null.</param>
/// <param name="Order">The requested order, or null.</param>
/// <param name="Committed">The version of product or order in its tip.</param>
/// <param name="Shown">The version of product or order in its read model.</param>
/// <param name="Revision">The revision of the product's reviews there.</param>
/// <param name="KnownReviews">The product's approved reviews that could be found, if the request is about the
/// past.</param>
/// <param name="Command">The command whose status is requested, or null.</param>
/// <param name="WasDecided">True if that command had an outcome.</param>
public sealed record Question(
    SimRequest Request,
    DateTimeOffset At,
    StreamId? Product,
    StreamId? Order,
    long Committed,
    long Shown,
    long Revision,
    IReadOnlySet<StreamId> KnownReviews,
    (StreamId Stream, Guid Id)? Command,
    bool WasDecided)
{
    /// <summary>Returns null for an id in another spelling, because the service has no such URL.</summary>
    public static StreamId? ProductOf(SimRequest request) =>
        request.Method == "GET" && Uri.UnescapeDataString(request.Path).Split('/') is ["", "products", var id] && Uuid.TryParse(id, out var product) ? ProductStreams.IdOf(product) : null;

    public static StreamId? OrderOf(SimRequest request) =>
        request.Method == "GET" && request.Path.Split('/') is ["", "orders", var id] && Guid.TryParse(id, out var order) ? OrderStreams.IdOf(order) : null;

    public static (StreamId Stream, Guid Id)? CommandOf(SimRequest request) =>
        Uri.UnescapeDataString(request.Path).Split('/') is ["", "commands", var stream, var id] ? (StreamId.Parse(stream), Guid.Parse(id)) : null;

    /// <summary>True if the request is about a past state.</summary>
    public static bool IsOfThePast(SimRequest request) => request.Parameter("asOf") is not null || request.Parameter("version") is not null;

    /// <summary>Returns a version from the query parameters.</summary>
    public static long? VersionIn(SimRequest request, string parameter) => request.Parameter(parameter) is { } text ? long.Parse(text, CultureInfo.InvariantCulture) : null;
}
