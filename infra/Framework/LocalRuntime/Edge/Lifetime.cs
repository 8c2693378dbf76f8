using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace ServerlessCqrs.LocalRuntime.Edge;

/// <summary>
/// How long CloudFront keeps an answer (its guide, "Manage how long content stays in the cache (expiration)", "How CloudFront processes HTTP 3xx
/// status codes" and "How CloudFront processes HTTP 4xx and 5xx status codes from your origin").
/// </summary>
/// <param name="Shortest">The cache policy's minimum TTL. It also applies to a response with <c>no-store</c>,
/// <c>no-cache</c> or <c>private</c>.</param>
/// <param name="Otherwise">The policy's default TTL, for a response without caching headers.</param>
/// <param name="Longest">The policy's maximum TTL.</param>
/// <param name="OfErrors">The distribution's error caching minimum TTL. The policy's minimum does not apply to
/// errors.</param>
public sealed record Lifetime(
    TimeSpan Shortest,
    TimeSpan Otherwise,
    TimeSpan Longest,
    TimeSpan OfErrors)
{
    /// <summary>"HTTP 4xx and 5xx status codes that CloudFront always caches."</summary>
    private static readonly HashSet<int> ErrorsKept = [404, 405, 414, 500, 501, 502, 503, 504];

    /// <summary>"HTTP 4xx status codes that CloudFront caches based on Cache-Control headers."</summary>
    private static readonly HashSet<int> ErrorsKeptWhenTold = [400, 403, 412, 415];

    internal TimeSpan Of(OriginAnswer answer, DateTimeOffset now)
    {
        _ = CacheControlHeaderValue.TryParse(answer.Header("Cache-Control"), out var control);
        if (answer.Status >= StatusCodes.Status400BadRequest)
            return OfError(answer, control, now);
        if (answer.Header("Set-Cookie") is not null
            || (answer.Status is StatusCodes.Status307TemporaryRedirect or StatusCodes.Status308PermanentRedirect && control is null))
            return TimeSpan.Zero;
        return control is { NoStore: true } or { NoCache: true } or { Private: true }
            ? Shortest
            : Clamp(Told(answer, control, now) ?? Otherwise);
    }

    private TimeSpan OfError(OriginAnswer answer, CacheControlHeaderValue? control, DateTimeOffset now)
    {
        var isKept = ErrorsKept.Contains(answer.Status) || (ErrorsKeptWhenTold.Contains(answer.Status) && (control?.SharedMaxAge ?? control?.MaxAge) is not null);
        if (!isKept || control is { NoStore: true } or { NoCache: true } or { Private: true })
            return TimeSpan.Zero;
        var told = Told(answer, control, now) ?? OfErrors;
        return told < OfErrors ? OfErrors : told > Longest ? Longest : told;
    }

    private TimeSpan Clamp(TimeSpan life) => life < Shortest ? Shortest : life > Longest ? Longest : life;

    /// <summary>
    /// Reads <c>s-maxage</c>, else <c>max-age</c>, else <c>Expires</c>; null if the response has none of them.
    /// </summary>
    private static TimeSpan? Told(OriginAnswer answer, CacheControlHeaderValue? control, DateTimeOffset now) =>
        control?.SharedMaxAge ?? control?.MaxAge ?? (answer.Header("Expires") is { } expires
            ? HeaderUtilities.TryParseDate(expires, out var at) ? at - now : TimeSpan.Zero
            : null);
}
