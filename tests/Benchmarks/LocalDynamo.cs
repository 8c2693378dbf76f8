using Amazon.DynamoDBv2;
using ServerlessCqrs.LocalRuntime.Emulators;
using ServerlessCqrs.LocalRuntime.Resources;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Benchmarks;

/// <summary>DynamoDB Local for one benchmark, on a free port and with its own folder.</summary>
internal sealed class LocalDynamo : IAsyncDisposable
{
    private readonly string _folder;
    private readonly LoneEmulator _emulator;
    private readonly AwsClients _aws;

    private LocalDynamo(string folder, LoneEmulator emulator)
    {
        (_folder, _emulator) = (folder, emulator);
        // The other services do not run, and no benchmark calls them.
        _aws = new AwsClients(emulator.Url, emulator.Url, emulator.Url, emulator.Url);
    }

    public IAmazonDynamoDB Client => _aws.DynamoDb;

    public static async Task<LocalDynamo> StartAsync(IReadOnlyList<Table> tables, CancellationToken ct)
    {
        var folder = Directory.CreateTempSubdirectory("benchmarks-").FullName;
        var dynamo = new LocalDynamo(folder, await LoneEmulator.StartAsync(DynamoDbLocal.Spec, folder, ct));
        await new ResourceCreation(dynamo._aws).CreateAsync(tables, [], [], ct);
        return dynamo;
    }

    public async ValueTask DisposeAsync()
    {
        _aws.Dispose();
        await _emulator.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
