using Microsoft.AspNetCore.Authorization;
using ServerlessCqrs.Web.Caching;

namespace ServerlessCqrs.Web.Auth;

/// <summary>
/// Answers 404 to a private read with a different spelling of its path. The edge recognizes private paths by their
/// spelling. It treats every other path as public, and caches its answer for a second, whatever its headers say.
/// </summary>
public static class PrivateReads
{
    public static IApplicationBuilder UsePrivateReadsAsSpelled(this IApplicationBuilder app)
    {
        var edge = app.ApplicationServices.GetRequiredService<EdgeHeaders>();
        return app.Use((http, next) =>
        {
            if (http.GetEndpoint() is RouteEndpoint route && route.Metadata.GetMetadata<IAuthorizeData>() is not null && !Spelling.IsSpelledAs(route.RoutePattern, http.Request, edge)) http.SetEndpoint(null);
            return next(http);
        });
    }
}
