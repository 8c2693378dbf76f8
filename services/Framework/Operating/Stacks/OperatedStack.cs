using System.Collections.Concurrent;
using Amazon.DynamoDBv2;
using Amazon.Kinesis;
using Amazon.SQS;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Personal;
using ServerlessCqrs.EventStore.Snapshots;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Operating.Routing;
using ServerlessCqrs.Projections;
using ServerlessCqrs.Projections.Building;
using ServerlessCqrs.Projections.Declarations;
using ServerlessCqrs.Projections.Dynamo;
using ServerlessCqrs.Projections.Live;
using ServerlessCqrs.Projections.Routing;
using ServerlessCqrs.Projections.Stores;
using ServerlessCqrs.Streams;
using ServerlessCqrs.Topology;
using StreamReader = ServerlessCqrs.EventStore.StreamReader;

namespace ServerlessCqrs.Operating.Stacks;

/// <summary>
/// A running stack of a system, and the adapters to all its stores. <see cref="LocalStack"/> and <see
/// cref="DeployedStack"/> open one.
/// </summary>
public sealed class OperatedStack : IDisposable
{
    private readonly StackClients _clients;
    private readonly ConcurrentDictionary<string, string> _queueUrls;

    internal OperatedStack(
        OperatedSystem system,
        StackNames names,
        AwsClients aws,
        ClickHouseOptions clickHouse,
        IMasterKey masterKey,
        StackClients clients,
        TimeProvider clock)
    {
        (System, Names, MasterKey, _clients, _queueUrls) = (system, names, masterKey, clients, new(names.QueueUrls));
        (DynamoDb, Kinesis, Sqs) = (aws.DynamoDb, aws.Kinesis, aws.Sqs);
        Database = new ClickHouseDatabase(clickHouse, Domain, clock);
        TextSearch = new ClickHouseTextSearch(Database);
        Log = new ClickHouseEventLog(Database);
        History = new ClickHouseEventHistory(Database);
        Trail = new ClickHouseAuditTrail(Database);
        Journal = new ClickHouseOperations(Database);
        Tips = new DynamoDbStreamTips(DynamoDb, names[system.StreamTips], Domain.Events, clock, format: TipFormat.Kept);
        Streams = new StreamReader(History, Tips);
        States = new DynamoReadModelStates(DynamoDb, CheckpointsTable);
        Routes = new DynamoReadModelRoutes(DynamoDb, CheckpointsTable);
        Models = system.ReadModels.Over(
            ReadModelStores.OnDynamo(system.ReadModels, DynamoDb, table => names[table], clock),
            Streams,
            new ClickHouseSnapshots(Database));
    }

    /// <summary>What the stack is a deployment of.</summary>
    public OperatedSystem System { get; }

    public Domain Domain => System.Domain;

    public StackNames Names { get; }

    /// <summary>Where clients reach the system.</summary>
    /// <exception cref="OperatorException">The stack does not tell it.</exception>
    public Uri Edge => _clients.Edge();

    public IAmazonDynamoDB DynamoDb { get; }

    public IAmazonKinesis Kinesis { get; }

    public IAmazonSQS Sqs { get; }

    /// <summary>The database with the log.</summary>
    public ClickHouseDatabase Database { get; }

    public ClickHouseEventLog Log { get; }

    public ClickHouseEventHistory History { get; }

    public ClickHouseAuditTrail Trail { get; }

    public ClickHouseTextSearch TextSearch { get; }

    /// <summary>The key that wraps the keys of persons.</summary>
    public IMasterKey MasterKey { get; }

    /// <summary>Records what operators do beside the command path.</summary>
    public ClickHouseOperations Journal { get; }

    /// <summary>The person who works on the stack, by the name of their account on this machine.</summary>
    public static string Operator => Environment.UserName;

    public DynamoDbStreamTips Tips { get; }

    public StreamReader Streams { get; }

    /// <summary>Every declared read model.</summary>
    public ReadModelCatalogue Models { get; }

    public DynamoReadModelStates States { get; }

    /// <summary>Which readers each version of a read model serves.</summary>
    public DynamoReadModelRoutes Routes { get; }

    /// <summary>The read models that are alive.</summary>
    public LiveReadModels Live => new(Models, States, TimeProvider.System);

    /// <summary>The name of the table with the progress of builds and lags.</summary>
    public string CheckpointsTable => Names[ReadModelDeclarations.Checkpoints];

    /// <summary>Where people decide which version of a read model serves whom.</summary>
    internal RouteDesk RouteDesk => new(Live, Routes, BuildOf, Journal, Operator, TimeProvider.System);

    /// <summary>
    /// Returns the token that a local stack gave to a role; null of a deployed one, whose users are people.
    /// </summary>
    public string? TokenOf(string role) => _clients.Tokens.GetValueOrDefault(role);

    /// <summary>Returns the build of a read model from the log of this stack.</summary>
    public ReadModelBuild BuildOf(ReadModel model) =>
        new(model, History, History, new DynamoBuildCheckpoints(DynamoDb, CheckpointsTable), TimeProvider.System);

    /// <summary>The tables of one version of a read model.</summary>
    public IEnumerable<Table> TablesOf(ReadModel model) => System.ReadModels[model.Name].Tables;

    /// <summary>
    /// Returns a queue's URL by its name in the topology. It asks SQS once for a URL that the stack does not name.
    /// </summary>
    public async Task<string> QueueUrlAsync(string queue, CancellationToken ct) =>
        _queueUrls.TryGetValue(queue, out var url)
            ? url
            : _queueUrls[queue] = (await Sqs.GetQueueUrlAsync(queue, ct)).QueueUrl;

    public void Dispose()
    {
        Database.Dispose();
        DynamoDb.Dispose();
        Kinesis.Dispose();
        Sqs.Dispose();
    }
}

/// <summary>The AWS services that the Operator calls.</summary>
internal sealed record AwsClients(
    IAmazonDynamoDB DynamoDb,
    IAmazonKinesis Kinesis,
    IAmazonSQS Sqs);

/// <summary>How clients reach the system.</summary>
/// <param name="Edge">Called only where a command needs it.</param>
/// <param name="Tokens">An access token by role.</param>
internal sealed record StackClients(
    Func<Uri> Edge,
    IReadOnlyDictionary<string, string> Tokens);
