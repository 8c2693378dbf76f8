using Microsoft.Extensions.Logging.Abstractions;
using ServerlessCqrs.Local.Emulators;
using ServerlessCqrs.Local.Prerequisites;
using ServerlessCqrs.Local.Processes;

namespace ServerlessCqrs.Local.Specs.Emulators;

/// <summary>One fleet on free ports with a data folder of its own, for all specs of the collection.</summary>
public sealed class FleetFixture : IAsyncLifetime
{
    private readonly TemporaryFolder _data = new();
    private ProcessSupervisor? _supervisor;
    private EmulatorFleet? _fleet;

    public EmulatorFleet Fleet => _fleet!;

    /// <summary>A connection string for the official driver.</summary>
    public string ClickHouse => $"Host={Fleet.Endpoints.ClickHouse.Host};Port={Fleet.Endpoints.ClickHouse.Port};Username=default";

    public async ValueTask InitializeAsync()
    {
        var root = RepositoryRoot.Find();
        await NpmPackages.EnsureInstalledAsync(root, NullLogger.Instance, TestContext.Current.CancellationToken);
        _supervisor = await ProcessSupervisor.OpenAsync(_data.Path, NullLogger.Instance, TestContext.Current.CancellationToken);
        _fleet = await EmulatorFleet.StartAsync(
            new EmulatorFleetOptions(root, _data.Path, new Ports(0), _supervisor) { Environment = _ => null },
            TestContext.Current.CancellationToken);
    }

    /// <summary>SIGKILL, and back when the process has been started again and is ready.</summary>
    public async Task KillAndAwaitRestartAsync(string name)
    {
        var process = Fleet.Processes[name];
        var again = new TaskCompletionSource();
        process.OnRestarted((_, _) =>
        {
            again.TrySetResult();
            return Task.CompletedTask;
        });
        process.Kill();
        await again.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_fleet is not null)
            await _fleet.DisposeAsync();
        if (_supervisor is not null)
            await _supervisor.DisposeAsync();
        _data.Dispose();
    }
}

[CollectionDefinition(Name)]
public sealed class FleetCollection : ICollectionFixture<FleetFixture>
{
    public const string Name = "fleet";
}
