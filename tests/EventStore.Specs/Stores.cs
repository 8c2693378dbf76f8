using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using ServerlessCqrs.EventStore.Log;

[assembly: AssemblyFixture(typeof(ServerlessCqrs.EventStore.Specs.Stores))]

namespace ServerlessCqrs.EventStore.Specs;

/// <summary>The real stores, started once for all tests here.</summary>
public sealed class Stores : IAsyncLifetime
{
    public string ClickHouse { get; private set; } = "";

    public ClickHouseDatabase Database { get; private set; } = null!;

    public IAmazonDynamoDB Dynamo { get; private set; } = null!;

    public string TipsTable { get; } = "specs-stream-tips";

    public string PersonKeysTable { get; } = "specs-person-keys";

    public async ValueTask InitializeAsync()
    {
        ClickHouse = $"{Environment.GetEnvironmentVariable("STORE_CLICKHOUSE")};Database=specs_{Guid.NewGuid():N}";
        Database = new ClickHouseDatabase(new ClickHouseOptions(ClickHouse), TimeProvider.System);
        Dynamo = new AmazonDynamoDBClient(new BasicAWSCredentials("local", "local"), new AmazonDynamoDBConfig { ServiceURL = Environment.GetEnvironmentVariable("STORE_DYNAMODB") });
        await CreateAsync(TipsTable, "stream");
        await CreateAsync(PersonKeysTable, "person");
    }

    public ValueTask DisposeAsync()
    {
        Dynamo.Dispose();
        Database.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task CreateAsync(string table, string key)
    {
        try
        {
            await Dynamo.CreateTableAsync(new CreateTableRequest
            {
                TableName = table,
                KeySchema = [new KeySchemaElement(key, KeyType.HASH)],
                AttributeDefinitions = [new AttributeDefinition(key, ScalarAttributeType.S)],
                BillingMode = BillingMode.PAY_PER_REQUEST,
            });
        }
        catch (ResourceInUseException)
        {
            // Another run of these tests made it.
        }
    }
}
