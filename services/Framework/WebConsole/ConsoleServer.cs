using System.Net;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ServerlessCqrs.WebConsole.Flow;
using ServerlessCqrs.WebConsole.Letters;
using ServerlessCqrs.WebConsole.ReadModels;
using ServerlessCqrs.WebConsole.Serving;
using ServerlessCqrs.WebConsole.Streams;

namespace ServerlessCqrs.WebConsole;

/// <summary>
/// The console: one web page about a stack, on 127.0.0.1 alone. It knows no shop: it draws what the topology, the
/// domain and the read models declare.
/// </summary>
public sealed class ConsoleServer : IAsyncDisposable
{
    private static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(2);

    private readonly WebApplication _app;

    private ConsoleServer(WebApplication app, Uri url) => (_app, Url) = (app, url);

    /// <summary>The page's URL, with the token.</summary>
    public Uri Url { get; }

    /// <summary>Returns when it listens.</summary>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<ConsoleServer> StartAsync(ConsoleOptions options, IStackSource stacks, TimeProvider time, CancellationToken ct)
    {
        var app = Build(options, stacks, time);
        try
        {
            await app.StartAsync(ct);
            return new ConsoleServer(app, ConsoleOptions.UrlOf(new Uri(app.Urls.Single()).Port, options.Token));
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static WebApplication Build(ConsoleOptions options, IStackSource stacks, TimeProvider time)
    {
        // Nothing of the environment: ASPNETCORE_URLS must not open the console to the network.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, options.Port);
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = StopGrace);
        builder.Services.Configure<JsonOptions>(json =>
        {
            json.SerializerOptions.Converters.Add(new JsonStringEnumConverter(System.Text.Json.JsonNamingPolicy.CamelCase));
            json.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        });
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(stacks);
        builder.Services.AddSingleton(time);
        builder.Services.AddSingleton<FlowWatch>();
        builder.Services.AddSingleton<LetterTurns>();
        builder.Services.AddSingleton<ModelJobs>();

        var app = builder.Build();
        var guard = new RequestGuard(options.Token);
        app.Use(guard.InvokeAsync);
        app.Use(Failures.CatchAsync);
        var files = Directory.Exists(options.Page) ? new PhysicalFileProvider(options.Page) : (IFileProvider)new NullFileProvider();
        app.UseStaticFiles(new StaticFileOptions { FileProvider = files });
        app.UseRouting();
        var api = app.MapGroup("/api");
        api.MapFlow();
        api.MapStreams();
        api.MapLetters();
        api.MapReadModels();
        api.MapFallback(() => TypedResults.Json(new ErrorAnswer("There is nothing here."), statusCode: StatusCodes.Status404NotFound));
        // Every other path is a place within the page.
        app.MapFallback(async http =>
        {
            if (files.GetFileInfo("index.html") is { Exists: true } index)
            {
                http.Response.ContentType = "text/html; charset=utf-8";
                await http.Response.SendFileAsync(index, http.RequestAborted);
                return;
            }

            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            await http.Response.WriteAsync("The page is not built. Run npm ci and npm run build in services/Framework/WebConsole/web, or start infra/Local, which builds it.\n", http.RequestAborted);
        });
        return app;
    }

    /// <summary>The process that starts the console stops it and handles Ctrl-C.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
