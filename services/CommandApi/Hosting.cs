using System.Text.Json;
using Microsoft.Net.Http.Headers;

namespace ServerlessCqrs.CommandApi;

/// <summary>What every request and answer has in common: logs, headers, and browsers of other origins.</summary>
public static class Hosting
{
    /// <summary>One JSON object a line. Never a path, since an unsubscribe token is one; never a body or a token.</summary>
    public static WebApplicationBuilder AddQuietJsonLogs(this WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders().AddJsonConsole(options =>
        {
            options.UseUtcTimestamp = true;
            options.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
            options.JsonWriterOptions = new JsonWriterOptions { Indented = false };
        });
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        return builder;
    }

    /// <summary>Lets browsers call from the configured origins, and read the headers that answers have.</summary>
    public static IServiceCollection AddBrowserAccess(this IServiceCollection services, Settings settings) => services.AddCors(cors => cors.AddDefaultPolicy(policy => policy
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
