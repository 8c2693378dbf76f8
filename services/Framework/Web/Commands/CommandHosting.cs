using Microsoft.Net.Http.Headers;

namespace ServerlessCqrs.Web.Commands;

/// <summary>Headers and CORS for all requests and answers of writes.</summary>
public static class CommandHosting
{
    /// <summary>Lets browsers call from the configured origins, and read the answers' headers.</summary>
    public static IServiceCollection AddBrowserWrites(this IServiceCollection services, TokenSettings settings) => services.AddCors(cors => cors.AddDefaultPolicy(policy => policy
        .WithOrigins([.. settings.CorsOrigins])
        .WithMethods(HttpMethods.Post, HttpMethods.Put, HttpMethods.Patch, HttpMethods.Delete)
        .WithHeaders(HeaderNames.Authorization, HeaderNames.ContentType, HeaderNames.IfMatch, "Idempotency-Key", "Prefer")
        .WithExposedHeaders(HeaderNames.Location, HeaderNames.ETag, HeaderNames.RetryAfter, HeaderNames.WWWAuthenticate, "Idempotent-Replayed", "Preference-Applied")));

    /// <summary>Forbids caching of writes' answers, and content sniffing.</summary>
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
