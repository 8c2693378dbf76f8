namespace ServerlessCqrs.Topology;

/// <summary>Caching in CloudFront, requests that need a token, and cross-origin rules.</summary>
public sealed record EdgeRules
{
    /// <summary>The prefix of the headers below: <c>Shop</c> for <c>Shop-Segment</c>.</summary>
    public required string HeaderPrefix { get; init; }

    /// <summary>
    /// Reads that only their owner may see. They need a token and are never cached. A <c>*</c> in a path pattern
    /// matches any segment.
    /// </summary>
    public required IReadOnlyList<string> PrivateReads { get; init; }

    /// <summary>Writes by <c>POST</c> that need no token. Each pattern ends in <c>/*</c>.</summary>
    public IReadOnlyList<string> OpenWrites { get; init; } = [];

    /// <summary>
    /// Paths whose <c>POST</c> is a read. The query service answers it and checks the token, and nobody caches it.
    /// </summary>
    public IReadOnlyList<string> ReadsByPost { get; init; } = [];

    /// <summary>
    /// A client names its segment in this header, for example with a session id. The edge removes it.
    /// </summary>
    public string SegmentHeader => $"{HeaderPrefix}-Segment";

    /// <summary>
    /// The edge sends the bucket of a client's segment to the services in this header. It removes a client's own header
    /// with this name.
    /// </summary>
    public string BucketHeader => $"{HeaderPrefix}-Bucket";

    /// <summary>
    /// The raw path of the request. The edge sets it if the path has escapes, and removes a client's own header with
    /// this name. API Gateway passes on the decoded path, so the services could not see the escapes otherwise. They
    /// mark such a response as not cacheable. They refuse a private read whose escapes can hide from the edge that it
    /// is private.
    /// </summary>
    public string PathHeader => $"{HeaderPrefix}-Path";

    /// <summary>The header with the secret that proves to the services that a request came through the edge.</summary>
    public string SecretHeader => $"{HeaderPrefix}-Edge-Secret";

    /// <summary>
    /// The only headers that change a public response, besides path, query string and encoding. CORS responses name the
    /// caller's origin. A bucket's responses can come from another version of a read model.
    /// </summary>
    public IReadOnlyList<string> KeyHeaders => ["Origin", BucketHeader];

    /// <summary>Headers that browsers of other origins may send.</summary>
    public IReadOnlyList<string> BrowserRequestHeaders =>
        ["authorization", "content-type", "idempotency-key", "if-match", "if-none-match", "prefer", SegmentHeader.ToLowerInvariant()];

    /// <summary>The response headers that these browsers may read.</summary>
    public IReadOnlyList<string> BrowserResponseHeaders { get; init; } =
        ["age", "etag", "idempotent-replayed", "link", "location", "preference-applied", "retry-after", "www-authenticate", "x-answered-from", "x-cache", "x-may-lack"];

    /// <summary>
    /// How long browsers cache these rules. Chrome caches them for at most two hours; a wrong rule should not last that
    /// long.
    /// </summary>
    public TimeSpan BrowserRulesLive { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// At 0, CloudFront caches no compressed variants (CloudFront's guide, "Serving compressed files"). CloudFront also
    /// caches a response with <c>no-store</c> on a public path for this time. Such a response must be right for every
    /// reader during that second. <see cref="ErrorLife"/> applies to errors instead.
    /// </summary>
    public TimeSpan ShortestLife { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>CloudFront's default is ten seconds, but a missing item can appear in a moment.</summary>
    public TimeSpan ErrorLife { get; init; } = TimeSpan.Zero;

    /// <summary>The longest lifetime that a response requests: five minutes, for the API's own documents.</summary>
    public TimeSpan LongestLife { get; init; } = TimeSpan.FromMinutes(5);
}
