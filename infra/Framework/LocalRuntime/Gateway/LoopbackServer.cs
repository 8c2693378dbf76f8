using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ServerlessCqrs.LocalRuntime.Gateway;

/// <summary>
/// A minimal HTTP/1.1 server on 127.0.0.1: Kestrel and routing. It reads no configuration files and no environment.
/// </summary>
internal static class LoopbackServer
{
    private static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(2);

    /// <param name="port">0 for any free port; <see cref="UrlOf"/> returns it after the start.</param>
    /// <param name="largestBody">The limit for a request's body in bytes; null for no limit.</param>
    /// <param name="largestHead">The limit for a request's head in bytes. Kestrel itself refuses a larger one.</param>
    /// <param name="takesOtherOrigins">See <see cref="OriginGuard"/>.</param>
    public static WebApplicationBuilder Builder(int port, long? largestBody, ILoggerFactory logs, int? largestHead = null, Func<HttpRequest, bool>? takesOtherOrigins = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, OwnedLifetime>();
        builder.Services.AddSingleton(logs);
        builder.Services.AddSingleton<IStartupFilter>(new OriginGuard(takesOtherOrigins ?? (_ => false)));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = StopGrace);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = largestBody;
            if (largestHead is { } head)
                (kestrel.Limits.MaxRequestLineSize, kestrel.Limits.MaxRequestHeadersTotalSize) = (head, head);
            kestrel.Listen(IPAddress.Loopback, port);
        });
        return builder;
    }

    public static Uri UrlOf(WebApplication app) => new(app.Urls.Single());
}
