using Microsoft.Net.Http.Headers;
using ServerlessCqrs.Http;

namespace ServerlessCqrs.CommandApi;

/// <summary>What every request and answer has in common: headers, and browsers of other origins.</summary>
public static class Hosting
{
    /// <summary>Lets browsers call from the configured origins, and read the headers that answers have.</summary>
    public static IServiceCollection AddBrowserAccess(this IServiceCollection services, TokenSettings settings) => services.AddCors(cors => cors.AddDefaultPolicy(policy => policy
        .WithOrigins([.. settings.CorsOrigins])
        .WithMethods(HttpMethods.Post, HttpMethods.Put, HttpMethods.Patch, HttpMethods.Delete)
        .WithHeaders(HeaderNames.Authorization, HeaderNames.ContentType, HeaderNames.IfMatch, "Idempotency-Key", "Prefer")
        .WithExposedHeaders(HeaderNames.Location, HeaderNames.ETag, HeaderNames.RetryAfter, HeaderNames.WWWAuthenticate, "Idempotent-Replayed", "Preference-Applied")));

    /// <summary>Answers of writes are nobody else's, and nothing but what they say they are.</summary>
    public static IApplicationBuilder UseResponseHeaders(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        http.Response.OnStarting(() =>
        {
            http.Response.Headers.CacheControl = "no-store";
            http.Response.Headers.XContentTypeOptions = "nosniff";
            return Task.CompletedTask;
        });
        return next(http);
    });
}
