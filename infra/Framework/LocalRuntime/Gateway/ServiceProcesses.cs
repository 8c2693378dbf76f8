using ServerlessCqrs.LocalRuntime.Lambda;
using ServerlessCqrs.LocalRuntime.Processes;
using ServerlessCqrs.LocalRuntime.Resources;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.LocalRuntime.Gateway;

/// <summary>
/// The HTTP services, each a process on Kestrel with its own loopback port. A service that ends is restarted.
/// </summary>
public sealed class ServiceProcesses : IAsyncDisposable
{
    private readonly Dictionary<HttpService, (Uri Url, IProgramProcess Process)> _running = [];

    /// <summary>The URLs for the gateway.</summary>
    public IReadOnlyDictionary<HttpService, Uri> Urls => _running.ToDictionary(pair => pair.Key, pair => pair.Value.Url);

    /// <summary>Starts the services and returns when all listen.</summary>
    /// <param name="ports">The ports by service.</param>
    /// <param name="environment">Environment variables for every service. A service also gets its own settings.</param>
    public static async Task<ServiceProcesses> StartAsync(
        IReadOnlyDictionary<HttpService, int> ports,
        ProgramPlace place,
        EnvironmentResolver settings,
        IReadOnlyDictionary<string, string> environment,
        IProcessLauncher launcher,
        CancellationToken ct)
    {
        var services = new ServiceProcesses();
        var launches = ports.Select(async pair =>
        {
            var (service, port) = pair;
            var url = new Uri($"http://127.0.0.1:{port}");
            var all = new Dictionary<string, string>(environment) { ["ASPNETCORE_URLS"] = url.ToString() };
            foreach (var (name, value) in settings.Resolve(service.Environment))
                all[name] = value;
            var process = await launcher.LaunchAsync(place.Launch(service, service.Name, all, Readiness.TcpAccepts(port)), ct);
            lock (services._running)
                services._running[service] = (url, process);
        });
        try
        {
            await Task.WhenAll(launches);
            return services;
        }
        catch
        {
            await services.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync() => await Task.WhenAll(_running.Values.Select(running => running.Process.DisposeAsync().AsTask()));
}
