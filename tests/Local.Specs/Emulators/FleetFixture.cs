using Amazon.Runtime;
using Microsoft.Extensions.Logging.Abstractions;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.LocalRuntime.Emulators;
using ServerlessCqrs.LocalRuntime.Prerequisites;
using ServerlessCqrs.LocalRuntime.Processes;

namespace ServerlessCqrs.LocalRuntime.Specs.Emulators;

/// <summary>One fleet on free ports with its own data folder, for all specs of the collection.</summary>
public sealed class FleetFixture : IAsyncLifetime
{
    private readonly TemporaryFolder _data = new();
    private ProcessSupervisor? _supervisor;
    private EmulatorFleet? _fleet;

    public EmulatorFleet Fleet => _fleet!;

    public string DataFolder => _data.Path;

    /// <summary>A connection string for the official driver.</summary>
    public string ClickHouse
    {
        get
        {
            var (connection, password) = ClickHouseOptions.Parts(Fleet.Endpoints.ClickHouse, "default");
            return $"{connection};Password={password}";
        }
    }

    public async ValueTask InitializeAsync()
    {
        var root = RepositoryRoot.Find();
        await NpmPackages.EnsureInstalledAsync(root, NullLogger.Instance, TestContext.Current.CancellationToken);
        _supervisor = await ProcessSupervisor.OpenAsync(_data.Path, NullLogger.Instance, TestContext.Current.CancellationToken);
        _fleet = await EmulatorFleet.StartAsync(
            new EmulatorFleetOptions(root, _data.Path, new Ports(0), _supervisor) { ClickHouseUser = "shop", Environment = _ => null },
            TestContext.Current.CancellationToken);
    }

    /// <summary>Sends SIGKILL, and returns when the process has been restarted and is ready.</summary>
    public async Task KillAndAwaitRestartAsync(string name)
    {
        var process = Fleet.Processes[name];
        var again = new TaskCompletionSource();
        using var told = process.OnRestarted((_, _) =>
        {
            again.TrySetResult();
            return Task.CompletedTask;
        });
        process.Kill();
        await again.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
    }

    /// <summary>
    /// Writes 0, 1, 2 and so on, sends SIGKILL after 20 acknowledgements, and continues until a write fails. Returns
    /// the acknowledged numbers when the process is ready again.
    /// </summary>
    public async Task<IReadOnlyList<int>> WriteUntilKilledAsync(string name, Func<int, Task> write)
    {
        var acknowledged = new List<int>();
        var restarted = Task.CompletedTask;
        try
        {
            for (var i = 0; ; i++)
            {
                await write(i);
                acknowledged.Add(i);
                if (i == 20)
                    restarted = Task.Run(() => KillAndAwaitRestartAsync(name));
                Assert.True(i < 5_000, $"{name} was killed and goes on");
            }
        }
        catch (Exception e) when (e is HttpRequestException or AmazonClientException)
        {
            await restarted;
            Assert.True(acknowledged.Count > 20, $"{name} failed before it was killed: {e}");
            return acknowledged;
        }
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
