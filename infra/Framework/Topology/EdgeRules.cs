namespace ServerlessCqrs.Topology;

/// <summary>How CloudFront caches answers, which requests need a token, and what browsers of other origins may do.</summary>
public sealed record EdgeRules
{
    /// <summary>The headers below begin with it: <c>Shop</c> for <c>Shop-Segment</c>.</summary>
    public required string HeaderPrefix { get; init; }

    /// <summary>Reads that only their owner may see: they need a token and are never cached. Path patterns, <c>*</c> for any part.</summary>
    public required IReadOnlyList<string> PrivateReads { get; init; }

    /// <summary>Writes by <c>POST</c> that need no token. Each pattern ends in <c>/*</c>.</summary>
    public IReadOnlyList<string> OpenWrites { get; init; } = [];

    /// <summary>Clients name their segment in it, for example the id of a session. The edge removes it.</summary>
    public string SegmentHeader => $"{HeaderPrefix}-Segment";

    /// <summary>Tells the services the bucket of a client's segment. The edge removes what a client sends under this name.</summary>
    public string BucketHeader => $"{HeaderPrefix}-Bucket";

    /// <summary>
    /// The path as its client sent it. The edge sets it where the path has escapes, and removes what a client sends under this name. API Gateway passes on the decoded path, so that the services cannot see the escapes otherwise.
    /// They let nobody keep such an answer, and answer no private read whose escapes may hide from the edge that it is one.
    /// </summary>
    public string PathHeader => $"{HeaderPrefix}-Path";

    /// <summary>The secret that shows the services that a request came by the edge.</summary>
    public string SecretHeader => $"{HeaderPrefix}-Edge-Secret";

    /// <summary>
    /// Besides path, query string and encoding, the only headers that change an answer. CORS answers name the caller's origin. Another version of a read model may answer a bucket.
    /// </summary>
    public IReadOnlyList<string> KeyHeaders => ["Origin", BucketHeader];

    /// <summary>Headers that browsers of other origins may send.</summary>
    public IReadOnlyList<string> BrowserRequestHeaders =>
        ["authorization", "content-type", "idempotency-key", "if-match", "if-none-match", "prefer", SegmentHeader.ToLowerInvariant()];

    /// <summary>Headers of an answer that they may read.</summary>
    public IReadOnlyList<string> BrowserResponseHeaders { get; init; } =
        ["age", "etag", "idempotent-replayed", "link", "location", "preference-applied", "retry-after", "www-authenticate", "x-answered-from", "x-cache", "x-may-lack"];

    /// <summary>How long browsers keep these rules. Chrome keeps them for two hours at most; a wrong rule should not live that long.</summary>
    public TimeSpan BrowserRulesLive { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// At 0, CloudFront keeps no compressed variants (CloudFront's guide, "Serving compressed files"). CloudFront keeps an answer with
    /// <c>no-store</c> on a public path as long: such an answer must be right for every reader of that second. Errors have
    /// <see cref="ErrorLife"/> instead.
    /// </summary>
    public TimeSpan ShortestLife { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>CloudFront would keep an error for ten seconds: an item that is not found now can be there in a moment.</summary>
    public TimeSpan ErrorLife { get; init; } = TimeSpan.Zero;

    /// <summary>The longest that an answer asks for itself: the API's own documents, five minutes.</summary>
    public TimeSpan LongestLife { get; init; } = TimeSpan.FromMinutes(5);
}
