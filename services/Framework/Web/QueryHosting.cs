using Microsoft.AspNetCore.Authorization;
using Microsoft.Net.Http.Headers;
using ServerlessCqrs.Web.Caching;

namespace ServerlessCqrs.Web;

/// <summary>What every request and answer has in common: headers, and browsers of other origins.</summary>
public static class QueryHosting
{
    /// <summary>Lets browsers call from the configured origins, and read the headers that answers have.</summary>
    public static IServiceCollection AddBrowserReads(this IServiceCollection services, TokenSettings settings, EdgeHeaders edge) => services.AddCors(cors => cors.AddDefaultPolicy(policy => policy
        .WithOrigins([.. settings.CorsOrigins])
        .WithMethods(HttpMethods.Get, HttpMethods.Head)
        .WithHeaders(HeaderNames.Authorization, HeaderNames.IfNoneMatch, edge.Segment)
        .WithExposedHeaders(HeaderNames.ETag, HeaderNames.Link, HeaderNames.RetryAfter, HeaderNames.WWWAuthenticate, AnswerHeaders.AnsweredFrom, AnswerHeaders.MayLack)));

    /// <summary>Answers HEAD as GET, without the body.</summary>
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

    /// <summary>Nothing is kept by anyone unless its route says so; nothing is more than it says it is.</summary>
    public static IApplicationBuilder UseReadHeaders(this IApplicationBuilder app)
    {
        var edge = app.ApplicationServices.GetRequiredService<EdgeHeaders>();
        return app.Use((http, next) =>
        {
            http.Response.OnStarting(() =>
            {
                var headers = http.Response.Headers;
                if (headers.CacheControl.Count == 0 || CacheFor.IsPublic(headers) && !Spelling.IsCanonical(http, edge)) headers.CacheControl = CacheFor.NoOne;
                if (headers.CacheControl == CacheFor.NoOne && IsKeptByTheEdge(http)) headers.CacheControl = CacheFor.NoOneAtTheEdge;
                if (headers.ContentSecurityPolicy.Count == 0) headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
                headers.XContentTypeOptions = "nosniff";
                headers["Referrer-Policy"] = "no-referrer";

                // What a shared cache keeps for a caller of no origin must not be given to one that needs CORS headers.
                if (CacheFor.IsPublic(headers) && !headers.Vary.Contains(HeaderNames.Origin)) headers.Append(HeaderNames.Vary, HeaderNames.Origin);
                return Task.CompletedTask;
            });
            return next(http);
        });
    }

    private static bool IsKeptByTheEdge(HttpContext http) =>
        http.Response.StatusCode < StatusCodes.Status400BadRequest && http.GetEndpoint() is { } endpoint && endpoint.Metadata.GetMetadata<IAuthorizeData>() is null;
}
