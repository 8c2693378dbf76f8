using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace ServerlessCqrs.Web;

/// <summary>How both services log.</summary>
public static class QuietJsonLogs
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
}
