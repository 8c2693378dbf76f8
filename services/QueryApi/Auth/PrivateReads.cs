using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing.Patterns;

namespace ServerlessCqrs.QueryApi.Auth;

/// <summary>
/// The edge knows private paths by their spelling, and what it does not know it takes for public, and keeps for a second whatever it says of itself. Routing takes any spelling: so a private read under another than its own is not
/// found.
/// </summary>
public static class PrivateReads
{
    public static IApplicationBuilder UsePrivateReadsAsSpelled(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        if (http.GetEndpoint() is RouteEndpoint route && route.Metadata.GetMetadata<IAuthorizeData>() is not null && !IsSpelledAs(route.RoutePattern, http.Request.Path)) http.SetEndpoint(null);
        return next(http);
    });

    private static bool IsSpelledAs(RoutePattern pattern, PathString path)
    {
        var segments = path.Value!.Split('/')[1..];
        return segments.Length == pattern.PathSegments.Count
            && pattern.PathSegments.Zip(segments).All(pair => pair.First.Parts is not [RoutePatternLiteralPart literal] || literal.Content == pair.Second);
    }
}
