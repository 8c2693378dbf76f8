using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using ServerlessCqrs.LocalRuntime.Emulators;
using ServerlessCqrs.Projections;
using ServerlessCqrs.Topology;

[assembly: AssemblyFixture(typeof(ServerlessCqrs.ReadModels.Specs.Given.DynamoFixture))]

namespace ServerlessCqrs.ReadModels.Specs.Given;

/// <summary>DynamoDB Local, started by the first test that needs it, and tables as in the topology.</summary>
public sealed class DynamoFixture : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("dynamo-specs-").FullName;
    private readonly SemaphoreSlim _opening = new(1);
    private LoneEmulator? _emulator;
    private AmazonDynamoDBClient? _client;

    public async Task<IAmazonDynamoDB> OpenAsync(CancellationToken ct)
    {
        await _opening.WaitAsync(ct);
        try
        {
            return _client ??= await StartAsync(ct);
        }
        finally
        {
            _opening.Release();
        }
    }

    /// <summary>Creates a table of that shape, and returns its name.</summary>
    public async Task<string> CreateAsync(Table table, CancellationToken ct)
    {
        var db = await OpenAsync(ct);
        var name = $"{table.Name}-{Guid.NewGuid():N}";
        KeyAttribute[] keys = [table.PartitionKey, .. table.SortKey is { } sort ? [sort] : Array.Empty<KeyAttribute>(), .. (table.Indexes ?? []).SelectMany(index => new[] { index.PartitionKey, index.SortKey })];
        await db.CreateTableAsync(
            new CreateTableRequest
            {
                TableName = name,
                BillingMode = BillingMode.PAY_PER_REQUEST,
                AttributeDefinitions = [.. keys.DistinctBy(key => key.Name).Select(key => new AttributeDefinition(key.Name, key.Type))],
                KeySchema =
                [
                    new KeySchemaElement(table.PartitionKey.Name, KeyType.HASH),
                    .. table.SortKey is { } range ? [new KeySchemaElement(range.Name, KeyType.RANGE)] : Array.Empty<KeySchemaElement>(),
                ],
                GlobalSecondaryIndexes = table.Indexes?.Select(index => new GlobalSecondaryIndex
                {
                    IndexName = index.Name,
                    KeySchema = [new KeySchemaElement(index.PartitionKey.Name, KeyType.HASH), new KeySchemaElement(index.SortKey.Name, KeyType.RANGE)],
                    Projection = index.Projected.Count == 0
                        ? new Projection { ProjectionType = ProjectionType.KEYS_ONLY }
                        : new Projection { ProjectionType = ProjectionType.INCLUDE, NonKeyAttributes = [.. index.Projected] },
                }).ToList(),
            },
            ct);
        return name;
    }

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        if (_emulator is not null) await _emulator.DisposeAsync();
        _opening.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<AmazonDynamoDBClient> StartAsync(CancellationToken ct)
    {
        _emulator = await LoneEmulator.StartAsync(DynamoDbLocal.Spec, _folder, ct);
        return new AmazonDynamoDBClient(
            new BasicAWSCredentials("local", "local"),
            new AmazonDynamoDBConfig { ServiceURL = _emulator.Url.ToString(), AuthenticationRegion = "us-east-1" });
    }
}
