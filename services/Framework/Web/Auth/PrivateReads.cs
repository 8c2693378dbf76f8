using Microsoft.AspNetCore.Authorization;
using ServerlessCqrs.Web.Caching;

namespace ServerlessCqrs.Web.Auth;

/// <summary>
/// Answers 404 to a private read under another spelling than its own. The edge knows private paths by their spelling. It takes every other path for public, and keeps its answer for a second, whatever the answer says of itself.
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
