namespace ServerlessCqrs.Web.Caching;

/// <summary>
/// How long the edge may cache an answer. Browsers always revalidate, because nobody can invalidate them.
/// <c>stale-if-error=0</c> keeps CloudFront from serving an expired answer while the origin fails (CloudFront's guide,
/// "Manage how long content stays in the cache"). Otherwise an old price would look current, and an old health report
/// would look like a working service.
/// </summary>
public static class CacheFor
{
    /// <summary>For private, degraded, temporary and wrong answers: nobody may cache them.</summary>
    public const string NoOne = "no-store";

    /// <summary>
    /// The same for a public path, where CloudFront caches even such an answer for its minimum of a second.
    /// </summary>
    public const string NoOneAtTheEdge = "no-store, stale-if-error=0";

    /// <summary>
    /// For products. They are invalidated when they change, within the budget. Without invalidation the edge serves
    /// them for at most 10 s. <c>tests/Benchmarks -- edge</c> compares costs.
    /// </summary>
    public const string Products = "public, max-age=0, s-maxage=10, stale-if-error=0";

    /// <summary>For lists, which are not invalidated.</summary>
    public const string Lists = "public, max-age=0, s-maxage=5, stale-if-error=0";

    /// <summary>
    /// For answers from the event log, whose reads cost most. A minute's delay is not visible in a chart.
    /// </summary>
    public const string Charts = "public, max-age=0, s-maxage=60, stale-if-error=0";

    /// <summary>For answers that change only with a deployment.</summary>
    public const string Documents = "public, max-age=0, s-maxage=300, stale-if-error=0";

    public static bool IsPublic(IHeaderDictionary headers) => headers.CacheControl.ToString().StartsWith("public", StringComparison.Ordinal);
}
