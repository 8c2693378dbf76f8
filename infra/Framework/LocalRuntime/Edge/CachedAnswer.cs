using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace ServerlessCqrs.LocalRuntime.Edge;

/// <summary>A cached response.</summary>
/// <param name="OriginETag">The origin's ETag, for revalidation. Compression weakens the ETag that viewers see.</param>
/// <param name="StoredAt">The time at which the origin last confirmed the response.</param>
internal sealed record CachedAnswer(
    OriginAnswer Answer,
    string? OriginETag,
    DateTimeOffset StoredAt,
    TimeSpan Life)
{
    /// <summary>The approximate size of an entry without its body.</summary>
    private const int Overhead = 1_024;

    public long Bytes => Answer.Body.Length + Overhead;

    public TimeSpan AgeAt(DateTimeOffset now) => now - StoredAt;

    public bool IsFreshAt(DateTimeOffset now) => AgeAt(now) < Life;

    /// <summary>
    /// Whether CloudFront uses the stale response while the origin fails. It does so as long as it has the response, or
    /// for the seconds in <c>stale-if-error</c> (CloudFront's guide, "How CloudFront processes HTTP 4xx and 5xx status
    /// codes from your origin" and "Manage how long content stays in the cache").
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
