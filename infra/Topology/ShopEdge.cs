namespace ServerlessCqrs.Topology;

/// <summary>What is before the services: how CloudFront keeps answers, what API Gateway lets through, and the limits that alarms watch.</summary>
public static class ShopEdge
{
    /// <summary>Reads that only their owner may see: they need a token and are never cached. Path patterns, <c>*</c> for any part.</summary>
    public static IReadOnlyList<string> PrivateReads { get; } = ["/users/*", "/orders/*", "/commands/*", "/products/*/history", "/products/*/reviews/pending"];

    /// <summary>The one write without a token: its path carries its own signature (RFC 8058).</summary>
    public static string OpenWrite { get; } = "/unsubscribe/*";

    /// <summary>Besides path, query string and encoding, the only headers that change an answer: CORS answers name the caller's origin, and a bucket may be answered from another version of a read model.</summary>
    public static IReadOnlyList<string> KeyHeaders { get; } = ["Origin", Segments.BucketHeader];

    /// <summary>
    /// The path as its client sent it. The edge sets it where the path has escapes, and removes what a client sends under this name. API Gateway passes on the decoded path, so that the services cannot see the escapes otherwise.
    /// They let nobody keep such an answer, and answer no private read whose escapes may hide from the edge that it is one.
    /// </summary>
    public static string PathHeader { get; } = "Shop-Path";

    /// <summary>What browsers of other origins may send.</summary>
    public static IReadOnlyList<string> BrowserRequestHeaders { get; } = ["authorization", "content-type", "idempotency-key", "if-match", "if-none-match", "prefer", Segments.Header.ToLowerInvariant()];

    /// <summary>What of an answer they may read.</summary>
    public static IReadOnlyList<string> BrowserResponseHeaders { get; } =
        ["age", "etag", "idempotent-replayed", "link", "location", "preference-applied", "retry-after", "www-authenticate", "x-answered-from", "x-cache", "x-may-lack"];

    /// <summary>How long they need not ask again. Chrome believes two hours at most; a wrong rule should not live that long.</summary>
    public static TimeSpan BrowserRulesLive { get; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// At 0, CloudFront keeps no compressed variants (CloudFront's guide, "Serving compressed files"). CloudFront keeps an answer with
    /// <c>no-store</c> on a public path as long: such an answer must be right for every reader of that second. Errors have
    /// <see cref="ErrorLife"/> instead.
    /// </summary>
    public static TimeSpan ShortestLife { get; } = TimeSpan.FromSeconds(1);

    /// <summary>CloudFront would keep an error for ten seconds: a product that is not found now can be there in a moment.</summary>
    public static TimeSpan ErrorLife { get; } = TimeSpan.Zero;

    /// <summary>The longest that an answer asks for itself: the API's own documents, five minutes.</summary>
    public static TimeSpan LongestLife { get; } = TimeSpan.FromMinutes(5);

    /// <summary>At 50 ms a read, half of what the query service answers at once. Most reads never pass the edge.</summary>
    public static RateLimit Reads { get; } = new(RequestsPerSecond: 2000, Burst: 2000);

    /// <summary>What two shards take: 1,000 records a second each (Kinesis quotas), less a tenth for what is sent again.</summary>
    public static RateLimit Writes { get; } = new(RequestsPerSecond: 1800, Burst: 900);

    /// <summary>Read models are behind beyond this: someone must look.</summary>
    public static TimeSpan LagLimit { get; } = TimeSpan.FromSeconds(10);
}
