using System.Globalization;
using ServerlessCqrs.Projections.Routing;

namespace ServerlessCqrs.QueryApi.Products;

/// <summary>The bucket that the edge put a request into, by the segment that its client named. No client can name one: the edge takes away what comes as one.</summary>
public static class RequestBucket
{
    public const string Header = "Shop-Bucket";

    /// <summary>Null for none.</summary>
    public static int? Of(HttpRequest request) =>
        request.Headers[Header] is [{ } text] && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var bucket) && bucket < ReadModelRoute.Buckets ? bucket : null;
}
