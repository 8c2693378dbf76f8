using Microsoft.Net.Http.Headers;

namespace ServerlessCqrs.Web.Commands;

/// <summary>What every request and answer has in common: headers, and browsers of other origins.</summary>
public static class CommandHosting
{
    /// <summary>Lets browsers call from the configured origins, and read the headers that answers have.</summary>
    public static IServiceCollection AddBrowserWrites(this IServiceCollection services, TokenSettings settings) => services.AddCors(cors => cors.AddDefaultPolicy(policy => policy
        .WithOrigins([.. settings.CorsOrigins])
        .WithMethods(HttpMethods.Post, HttpMethods.Put, HttpMethods.Patch, HttpMethods.Delete)
        .WithHeaders(HeaderNames.Authorization, HeaderNames.ContentType, HeaderNames.IfMatch, "Idempotency-Key", "Prefer")
        .WithExposedHeaders(HeaderNames.Location, HeaderNames.ETag, HeaderNames.RetryAfter, HeaderNames.WWWAuthenticate, "Idempotent-Replayed", "Preference-Applied")));

    /// <summary>Answers of writes are nobody else's, and nothing but what they say they are.</summary>
    public static IApplicationBuilder UseWriteHeaders(this IApplicationBuilder app) => app.Use((http, next) =>
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
