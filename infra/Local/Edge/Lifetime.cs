using System.Globalization;
using Microsoft.Net.Http.Headers;

namespace ServerlessCqrs.Local.Edge;

/// <summary>
/// How long the edge may keep an answer: <c>s-maxage</c> before <c>max-age</c> before <c>Expires</c>; never <c>no-store</c>, <c>no-cache</c>
/// or <c>private</c> (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/Expiration.html, with a minimum TTL of 0).
/// Errors are kept only when they say so themselves.
/// </summary>
internal static class Lifetime
{
    public static TimeSpan Of(OriginAnswer answer, TimeSpan otherwise, DateTimeOffset now)
    {
        if (answer.Status is not (200 or 404 or 410) || answer.Header("Set-Cookie") is not null)
            return TimeSpan.Zero;
        var age = answer.Header("Age") is { } text && int.TryParse(text, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds) : TimeSpan.Zero;
        var life = Said(answer, now) ?? (answer.Status == 200 ? otherwise : TimeSpan.Zero);
        return life > age ? life - age : TimeSpan.Zero;
    }

    private static TimeSpan? Said(OriginAnswer answer, DateTimeOffset now)
    {
        if (answer.Header("Cache-Control") is { } text && CacheControlHeaderValue.TryParse(text, out var control))
        {
            if (control.NoStore || control.NoCache || control.Private)
                return TimeSpan.Zero;
            if ((control.SharedMaxAge ?? control.MaxAge) is { } age)
                return age;
        }

        return answer.Header("Expires") is { } expires
            ? HeaderUtilities.TryParseDate(expires, out var at) ? at - now : TimeSpan.Zero
            : null;
    }
}
