using Amazon.DynamoDBv2;
using Amazon.Kinesis;
using Amazon.Runtime;
using Amazon.SQS;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Personal;

namespace ServerlessCqrs.Operating.Stacks;

/// <summary>Opens a stack on this machine. Emulators accept any credentials; these are the customary ones.</summary>
internal static class LocalStack
{
    private const string Region = "us-east-1";

    // Some seconds, as an emulator needs for a restart. With DynamoDB's default a person would wait for more than a
    // minute.
    private const int Retries = 5;

    /// <summary>Opens the stack that stores its data in <paramref name="dataFolder"/>.</summary>
    /// <exception cref="OperatorException">No stack runs there.</exception>
    public static OperatedStack Open(OperatedSystem system, string dataFolder, TimeProvider clock)
    {
        var ready = ReadyFile.Read(system, dataFolder);
        if (!ready.IsAlive)
        {
            throw new OperatorException(
                $"The stack on {dataFolder} was killed: its processes are gone. "
                    + $"Start it again with dotnet run --project {system.LocalProject}, or name another data folder with --data.");
        }

        var credentials = new BasicAWSCredentials("test", "test");
        var aws = new AwsClients(
            new AmazonDynamoDBClient(credentials, new AmazonDynamoDBConfig { ServiceURL = ready.Endpoints.Dynamodb.ToString(), AuthenticationRegion = Region, MaxErrorRetry = Retries }),
            new AmazonKinesisClient(credentials, new AmazonKinesisConfig { ServiceURL = ready.Endpoints.Kinesis.ToString(), AuthenticationRegion = Region, MaxErrorRetry = Retries }),
            new AmazonSQSClient(credentials, new AmazonSQSConfig { ServiceURL = ready.Endpoints.Sqs.ToString(), AuthenticationRegion = Region, MaxErrorRetry = Retries }));
        return new OperatedStack(
            system,
            StackNames.InLocalStack(system.Topology),
            aws,
            ClickHouseOptions.At(ready.Clickhouse, system.Topology.Name),
            new FileMasterKey(Path.Combine(dataFolder, "master.key")),
            ClientsOf(ready),
            clock);
    }

    private static StackClients ClientsOf(ReadyFile ready) => new(
        () => ready.Edge ?? throw new OperatorException("The stack's ready.json has no edge. Start the stack again with this code."),
        ready.Tokens);
}
