using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using ServerlessCqrs.LocalRuntime.Gateway;

namespace ServerlessCqrs.LocalRuntime.Specs.Gateway;

/// <summary>A server behind the one under test. It responds as the test says, and records its requests.</summary>
internal sealed class FakeService : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FakeService(WebApplication app) => _app = app;

    public Uri Url => LoopbackServer.UrlOf(_app);

    /// <summary>In the form <c>GET /path?query</c>.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    public ConcurrentQueue<IReadOnlyDictionary<string, string>> AskedHeaders { get; } = new();

    public RequestDelegate Answer { get; set; } = http => http.Response.WriteAsync("fine");

    public static async Task<FakeService> StartAsync(int port = 0)
    {
        var service = new FakeService(LoopbackServer.Builder(port, largestBody: null, NullLoggerFactory.Instance).Build());
        service._app.Run(async http =>
        {
            service.Asked.Enqueue($"{http.Request.Method} {http.Request.Path}{http.Request.QueryString}");
            service.AskedHeaders.Enqueue(http.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase));
            await service.Answer(http);
        });
        await service._app.StartAsync();
        return service;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
