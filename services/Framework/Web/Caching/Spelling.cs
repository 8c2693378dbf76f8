using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing.Patterns;

namespace ServerlessCqrs.Web.Caching;

/// <summary>
/// Checks whether a path has the spelling that is invalidated. Routing accepts any case, escapes and a trailing slash,
/// and a cache stores an answer per spelling. Only the canonical spelling is invalidated, so only that one may be
/// cached.
/// </summary>
public static class Spelling
{
    public static bool IsCanonical(HttpContext http, EdgeHeaders edge) =>
        http.GetEndpoint() is RouteEndpoint route
        && IsSpelledAs(route.RoutePattern, http.Request, edge)
        && AreUsualIds(http.Request.RouteValues)
        && !http.Request.Headers.ContainsKey(edge.Path)
        && (!http.Request.QueryString.HasValue || http.Request.Query.Count > 0)
        && IsSentAs(http.Features.Get<IHttpRequestFeature>()?.RawTarget, http.Request.Path.Value);

    /// <summary>
    /// Returns true if the literal parts of a request's path equal those of its route, including case, slashes and
    /// escapes. Then the edge treats it like the route: as private or public.
    /// </summary>
    public static bool IsSpelledAs(RoutePattern pattern, HttpRequest request, EdgeHeaders edge) =>
        IsSpelledAs(pattern, request.Path.Value!) && (request.Headers[edge.Path] is not [{ } sent] || IsSpelledAs(pattern, sent));

    private static bool IsSpelledAs(RoutePattern pattern, string path)
    {
        var segments = path.AsSpan().Count('/');
        if (segments != pattern.PathSegments.Count) return false;
        var rest = path.AsSpan(1);
        foreach (var segment in pattern.PathSegments)
        {
            var end = rest.IndexOf('/');
            var sent = end < 0 ? rest : rest[..end];
            if (segment.Parts is [RoutePatternLiteralPart literal] && !sent.SequenceEqual(literal.Content)) return false;
            rest = end < 0 ? [] : rest[(end + 1)..];
        }

        return true;
    }

    private static bool AreUsualIds(RouteValueDictionary values)
    {
        foreach (var (_, value) in values)
            if (!IsUsualId(value)) return false;
        return true;
    }

    private static bool IsUsualId(object? value) => value is not string text || !Guid.TryParse(text, out var id) || IsLowerCase(text, id);

    private static bool IsLowerCase(string text, Guid id)
    {
        Span<char> usual = stackalloc char[36];
        return id.TryFormat(usual, out _) && usual.SequenceEqual(text);
    }

    /// <summary>Returns true for a target without escapes, and without an empty query.</summary>
    private static bool IsSentAs(string? target, string? path) =>
        string.IsNullOrEmpty(target) || !target.EndsWith('?') && target.AsSpan(0, target.IndexOf('?') is var end and >= 0 ? end : target.Length).SequenceEqual(path);
}
