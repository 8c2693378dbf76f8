using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace ServerlessCqrs.Web;

/// <summary>Configures the logs of both services.</summary>
public static class QuietJsonLogs
{
    /// <summary>
    /// Writes one JSON object per line. It never logs a path, because an unsubscribe token is part of one, and never a
    /// body or a token.
    /// </summary>
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
}
