using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing.Patterns;

namespace ServerlessCqrs.QueryApi.Caching;

/// <summary>
/// Whether a path is spelled as it is invalidated. Routing takes any case, escapes and a slash at the end, and a cache keeps an answer under each spelling. Only the canonical spelling is invalidated, so only that one may be kept.
/// </summary>
public static class Spelling
{
    /// <summary>The edge sets it on a request whose path has escapes. API Gateway passes on the decoded path, so that this service cannot see them. No client can send it: the edge removes what comes as one.</summary>
    public const string EscapedHeader = "Shop-Escaped";

    public static bool IsCanonical(HttpContext http) =>
        http.GetEndpoint() is RouteEndpoint route
        && IsSpelledAs(route.RoutePattern, http.Request.Path)
        && http.Request.RouteValues.Values.All(IsUsualId)
        && !http.Request.Headers.ContainsKey(EscapedHeader)
        && IsSentAs(http.Features.Get<IHttpRequestFeature>()?.RawTarget, http.Request.Path.Value);

    /// <summary>Whether the literal parts of a path are those of its route, case and slashes and all.</summary>
    public static bool IsSpelledAs(RoutePattern pattern, PathString path)
    {
        var segments = path.Value!.Split('/')[1..];
        return segments.Length == pattern.PathSegments.Count
            && pattern.PathSegments.Zip(segments).All(pair => pair.First.Parts is not [RoutePatternLiteralPart literal] || literal.Content == pair.Second);
    }

    private static bool IsUsualId(object? value) => value is not string text || !Guid.TryParse(text, out var id) || text == id.ToString("D");

    /// <summary>Without escapes, and without a question mark that nothing follows.</summary>
    private static bool IsSentAs(string? target, string? path) =>
        string.IsNullOrEmpty(target) || !target.EndsWith('?') && target.AsSpan(0, target.IndexOf('?') is var end and >= 0 ? end : target.Length).SequenceEqual(path);
}
