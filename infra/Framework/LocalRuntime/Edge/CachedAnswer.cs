using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace ServerlessCqrs.LocalRuntime.Edge;

/// <summary>An answer as the edge keeps it.</summary>
/// <param name="OriginETag">As the origin gave it, to ask with: compression weakens the viewer's.</param>
/// <param name="StoredAt">When the origin last confirmed it.</param>
internal sealed record CachedAnswer(
    OriginAnswer Answer,
    string? OriginETag,
    DateTimeOffset StoredAt,
    TimeSpan Life)
{
    /// <summary>What an entry weighs besides its body, about.</summary>
    private const int Overhead = 1_024;

    public long Bytes => Answer.Body.Length + Overhead;

    public TimeSpan AgeAt(DateTimeOffset now) => now - StoredAt;

    public bool IsFreshAt(DateTimeOffset now) => AgeAt(now) < Life;

    /// <summary>
    /// Whether CloudFront answers with it while the origin fails, though it is stale: for as long as it has it, unless the answer's <c>stale-if-error</c> tells for how many seconds
    /// (CloudFront's guide, "How CloudFront processes HTTP 4xx and 5xx status codes from your origin" and "Manage how long content stays in the cache").
    /// </summary>
    public bool StandsInAt(DateTimeOffset now) =>
        Answer.Status < StatusCodes.Status400BadRequest && (StaleIfError is not { } limit || AgeAt(now) - Life < limit);

    private TimeSpan? StaleIfError =>
        CacheControlHeaderValue.TryParse(Answer.Header("Cache-Control"), out var control)
        && control.Extensions.FirstOrDefault(extension => extension.Name.Equals("stale-if-error", StringComparison.OrdinalIgnoreCase)) is { } told
        && HeaderUtilities.TryParseNonNegativeInt32(told.Value, out var seconds)
            ? TimeSpan.FromSeconds(seconds)
            : null;
}
