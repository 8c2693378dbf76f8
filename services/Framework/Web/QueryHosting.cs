using Microsoft.AspNetCore.Authorization;
using Microsoft.Net.Http.Headers;
using ServerlessCqrs.Web.Caching;

namespace ServerlessCqrs.Web;

/// <summary>Headers and CORS for all requests and answers of reads.</summary>
public static class QueryHosting
{
    /// <summary>Lets browsers call from the configured origins, and read the answers' headers.</summary>
    public static IServiceCollection AddBrowserReads(this IServiceCollection services, TokenSettings settings, EdgeHeaders edge) => services.AddCors(cors => cors.AddDefaultPolicy(policy => policy
        .WithOrigins([.. settings.CorsOrigins])
        .WithMethods(HttpMethods.Get, HttpMethods.Head, HttpMethods.Post)
        .WithHeaders(HeaderNames.Authorization, HeaderNames.ContentType, HeaderNames.IfNoneMatch, edge.Segment)
        .WithExposedHeaders(HeaderNames.ETag, HeaderNames.Link, HeaderNames.RetryAfter, HeaderNames.WWWAuthenticate, AnswerHeaders.AnsweredFrom, AnswerHeaders.MayLack)));

    /// <summary>Answers HEAD like GET, without the body.</summary>
    public static IApplicationBuilder UseHeadAsGet(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await next(http);
            return;
        }

        var body = http.Response.Body;
        http.Request.Method = HttpMethods.Get;
        http.Response.Body = Stream.Null;
        try
        {
            await next(http);
        }
        finally
        {
            http.Request.Method = HttpMethods.Head;
            http.Response.Body = body;
        }
    });

    /// <summary>Forbids caching unless the route allows it, and content sniffing.</summary>
    public static IApplicationBuilder UseReadHeaders(this IApplicationBuilder app)
    {
        var edge = app.ApplicationServices.GetRequiredService<EdgeHeaders>();
        // One delegate serves all requests. A lambda over the request would be allocated for each.
        Func<object, Task> complete = http => Complete((HttpContext)http, edge);
        return app.Use((http, next) =>
        {
            http.Response.OnStarting(complete, http);
            return next(http);
        });
    }

    private static Task Complete(HttpContext http, EdgeHeaders edge)
    {
        var headers = http.Response.Headers;
        if (headers.CacheControl.Count == 0 || CacheFor.IsPublic(headers) && !Spelling.IsCanonical(http, edge)) headers.CacheControl = CacheFor.NoOne;
        if (headers.CacheControl == CacheFor.NoOne && IsKeptByTheEdge(http)) headers.CacheControl = CacheFor.NoOneAtTheEdge;
        if (headers.ContentSecurityPolicy.Count == 0) headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";

        // A shared cache must not serve an answer for a caller without an origin to one that needs CORS headers.
        if (CacheFor.IsPublic(headers) && !headers.Vary.Contains(HeaderNames.Origin)) headers.Append(HeaderNames.Vary, HeaderNames.Origin);
        return Task.CompletedTask;
    }

    private static bool IsKeptByTheEdge(HttpContext http) =>
        http.Response.StatusCode < StatusCodes.Status400BadRequest && http.GetEndpoint() is { } endpoint && endpoint.Metadata.GetMetadata<IAuthorizeData>() is null;
}
