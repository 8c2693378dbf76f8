using Amazon.DynamoDBv2;
using Amazon.Kinesis;
using Amazon.Runtime;
using Amazon.SQS;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.ReadModels;
using ServerlessCqrs.ReadModels.Dynamo;
using ServerlessCqrs.Topology;
using StreamReader = ServerlessCqrs.EventStore.StreamReader;

namespace ServerlessCqrs.Operator.Stacks;

/// <summary>A stack that runs on this machine, and the adapters to all its stores. Emulators take any credentials; these are their customary ones.</summary>
public sealed class LocalStack : IDisposable
{
    private const string Region = "us-east-1";

    // Some seconds: as long as an emulator takes to be started again. DynamoDB's own default lets a person wait for more than a minute.
    private const int Retries = 5;

    private readonly ClickHouseDatabase _database;

    private LocalStack(ReadyFile ready, TimeProvider time)
    {
        var credentials = new BasicAWSCredentials("test", "test");
        Ready = ready;
        DynamoDb = new AmazonDynamoDBClient(credentials, new AmazonDynamoDBConfig { ServiceURL = ready.Endpoints.Dynamodb.ToString(), AuthenticationRegion = Region, MaxErrorRetry = Retries });
        Kinesis = new AmazonKinesisClient(credentials, new AmazonKinesisConfig { ServiceURL = ready.Endpoints.Kinesis.ToString(), AuthenticationRegion = Region, MaxErrorRetry = Retries });
        Sqs = new AmazonSQSClient(credentials, new AmazonSQSConfig { ServiceURL = ready.Endpoints.Sqs.ToString(), AuthenticationRegion = Region, MaxErrorRetry = Retries });
        _database = new ClickHouseDatabase(new ClickHouseOptions($"Host={ready.Clickhouse.Host};Port={ready.Clickhouse.Port};Database=shop"), time);
        Log = new ClickHouseEventLog(_database);
        History = new ClickHouseEventHistory(_database);
        Tips = new DynamoDbStreamTips(DynamoDb, ShopTopology.StreamTips.Name, time);
        var tables = new ReadModelTables(ShopTopology.ProductsV1.Name, ShopTopology.Checkpoints.Name);
        Models = ShopReadModels.Over(new DynamoReadModels(DynamoDb, tables, time).Stores, new StreamReader(History, Tips));
    }

    public ReadyFile Ready { get; }

    public IAmazonDynamoDB DynamoDb { get; }

    public IAmazonKinesis Kinesis { get; }

    public IAmazonSQS Sqs { get; }

    public ClickHouseEventLog Log { get; }

    public ClickHouseEventHistory History { get; }

    public DynamoDbStreamTips Tips { get; }

    public ReadModelCatalogue Models { get; }

    /// <summary>The stack whose data lies in <paramref name="dataFolder"/>.</summary>
    /// <exception cref="OperatorException">None runs there.</exception>
    public static LocalStack Open(string dataFolder, TimeProvider time) => new(ReadyFile.Read(dataFolder), time);

    public void Dispose()
    {
        _database.Dispose();
        DynamoDb.Dispose();
        Kinesis.Dispose();
        Sqs.Dispose();
    }
}
