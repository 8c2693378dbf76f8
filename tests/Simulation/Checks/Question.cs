using System.Globalization;
using ServerlessCqrs.Shop.Orders;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Simulation.Services;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Simulation.Checks;

/// <summary>A request as it reaches a service, and what was so at that moment: an answer may know more, never less.</summary>
/// <param name="Product">The product it asks for; null where it asks for none.</param>
/// <param name="Order">The order it asks for; null where it asks for none.</param>
/// <param name="Committed">The version of either in its tip.</param>
/// <param name="Shown">The version of either in its read model.</param>
/// <param name="Revision">That of its reviews there.</param>
/// <param name="KnownReviews">Those of the product's reviews that were found and approved, where it asks for the past.</param>
/// <param name="Command">The command whose status it asks for; null where it asks for none.</param>
/// <param name="WasDecided">Whether that command had its outcome.</param>
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
    /// <summary>Null for an id in another spelling: the service knows no such address.</summary>
    public static StreamId? ProductOf(SimRequest request) =>
        request.Method == "GET" && Uri.UnescapeDataString(request.Path).Split('/') is ["", "products", var id] && Uuid.TryParse(id, out var product) ? ProductStreams.IdOf(product) : null;

    public static StreamId? OrderOf(SimRequest request) =>
        request.Method == "GET" && request.Path.Split('/') is ["", "orders", var id] && Guid.TryParse(id, out var order) ? OrderStreams.IdOf(order) : null;

    public static (StreamId Stream, Guid Id)? CommandOf(SimRequest request) =>
        Uri.UnescapeDataString(request.Path).Split('/') is ["", "commands", var stream, var id] ? (StreamId.Parse(stream), Guid.Parse(id)) : null;

    /// <summary>Whether it asks how something was, and not how it is.</summary>
    public static bool IsOfThePast(SimRequest request) => request.Parameter("asOf") is not null || request.Parameter("version") is not null;

    /// <summary>A version among the query parameters.</summary>
    public static long? VersionIn(SimRequest request, string parameter) => request.Parameter(parameter) is { } text ? long.Parse(text, CultureInfo.InvariantCulture) : null;
}
