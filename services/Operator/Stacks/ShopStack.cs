using System.Collections.Concurrent;
using Amazon.DynamoDBv2;
using Amazon.Kinesis;
using Amazon.SQS;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Personal;
using ServerlessCqrs.EventStore.Snapshots;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Operator.Routing;
using ServerlessCqrs.Projections;
using ServerlessCqrs.Projections.Building;
using ServerlessCqrs.Projections.Declarations;
using ServerlessCqrs.Projections.Dynamo;
using ServerlessCqrs.Projections.Live;
using ServerlessCqrs.Projections.Routing;
using ServerlessCqrs.Projections.Stores;
using ServerlessCqrs.Shop;
using ServerlessCqrs.ShopViews;
using ServerlessCqrs.ShopViews.Recommendations;
using ServerlessCqrs.Streams;
using ServerlessCqrs.Topology;
using StreamReader = ServerlessCqrs.EventStore.StreamReader;

namespace ServerlessCqrs.Operator.Stacks;

/// <summary>A stack to work on, wherever it runs, and the adapters to all its stores. <see cref="LocalStack"/> and <see cref="DeployedStack"/> find one.</summary>
public sealed class ShopStack : IDisposable
{
    private readonly ClickHouseDatabase _database;
    private readonly PersonalData _personal;
    private readonly StackClients _clients;
    private readonly ConcurrentDictionary<string, string> _queueUrls;

    internal ShopStack(StackNames names, AwsClients aws, ClickHouseOptions clickHouse, IMasterKey masterKey, StackClients clients, TimeProvider time)
    {
        (Names, _clients, _queueUrls) = (names, clients, new(names.QueueUrls));
        (DynamoDb, Kinesis, Sqs) = (aws.DynamoDb, aws.Kinesis, aws.Sqs);
        MasterKey = masterKey;
        _database = new ClickHouseDatabase(clickHouse, Domain, time);
        TextSearch = new ClickHouseTextSearch(_database);
        Log = new ClickHouseEventLog(_database);
        History = new ClickHouseEventHistory(_database);
        Trail = new ClickHouseAuditTrail(_database);
        Journal = new ClickHouseOperations(_database);
        Tips = new DynamoDbStreamTips(DynamoDb, names[ShopTopology.StreamTips], Domain.Events, time, format: TipFormat.Kept);
        Streams = new StreamReader(History, Tips);
        _personal = new PersonalData(new DynamoDbPersonKeys(DynamoDb, names[ShopTopology.PersonKeys]), masterKey, time);
        States = new DynamoReadModelStates(DynamoDb, names[ShopTopology.Checkpoints]);
        Routes = new DynamoReadModelRoutes(DynamoDb, names[ShopTopology.Checkpoints]);
        Models = Declared.Over(ReadModelStores.OnDynamo(Declared, DynamoDb, table => names[table], time), Streams, new ClickHouseSnapshots(_database));
    }

    /// <summary>The domain whose streams the stack holds.</summary>
    public Domain Domain { get; } = ShopDomain.Instance;

    public StackNames Names { get; }

    /// <summary>The token that a local stack gave its seller; null of a deployed one, whose sellers are people.</summary>
    public string? SellerToken => _clients.SellerToken;

    /// <summary>As <see cref="SellerToken"/>, of its customer.</summary>
    public string? CustomerToken => _clients.CustomerToken;

    /// <summary>Where clients reach the shop.</summary>
    /// <exception cref="OperatorException">The stack does not tell it.</exception>
    public Uri Edge => _clients.Edge();

    public IAmazonDynamoDB DynamoDb { get; }

    public IAmazonKinesis Kinesis { get; }

    public IAmazonSQS Sqs { get; }

    public ClickHouseEventLog Log { get; }

    public ClickHouseEventHistory History { get; }

    public ClickHouseAuditTrail Trail { get; }

    public ClickHouseTextSearch TextSearch { get; }

    /// <summary>The key that wraps the keys of persons.</summary>
    public IMasterKey MasterKey { get; }

    /// <summary>What operators do, past the command path.</summary>
    public ClickHouseOperations Journal { get; }

    /// <summary>Who works on it, as this machine knows them.</summary>
    public static string Operator => Environment.UserName;

    public DynamoDbStreamTips Tips { get; }

    public StreamReader Streams { get; }

    /// <summary>The declarations of all read models.</summary>
    public static ReadModelDeclarations Declared => ShopReadModels.All;

    /// <summary>Every read model that is declared.</summary>
    public ReadModelCatalogue Models { get; }

    public DynamoReadModelStates States { get; }

    /// <summary>Whom each version of a read model answers.</summary>
    public DynamoReadModelRoutes Routes { get; }

    /// <summary>Those that are alive.</summary>
    public LiveReadModels Live => new(Models, States, TimeProvider.System);

    /// <summary>What builds a read model from the log of this stack, or builds it again.</summary>
    public ReadModelBuild BuildOf(ReadModel model) => new(model, History, History, new DynamoBuildCheckpoints(DynamoDb, Names[ShopTopology.Checkpoints]), TimeProvider.System);

    /// <summary>What the stack is made of.</summary>
    public static SystemTopology Topology => ShopTopology.All;

    /// <summary>How far builds and lags are: the name of the table.</summary>
    public string CheckpointsTable => Names[ShopTopology.Checkpoints];

    /// <summary>The tables of one version of a read model.</summary>
    public static IEnumerable<Table> TablesOf(ReadModel model) => Declared[model.Name].Tables;

    /// <summary>Where people decide which version of a read model answers whom.</summary>
    internal RouteDesk RouteDesk => new(Live, Routes, BuildOf, Journal, Operator, TimeProvider.System);

    /// <summary>What computes recommendations and best sellers from the log of this stack.</summary>
    public SalesRanker Ranker => SalesRanker.Over(
        _database,
        new SalesRankings(RankingsIn(ShopTopology.RecommendationsV1), RankingsIn(ShopTopology.BestSellersV1)),
        new DynamoRankingCheckpoint(DynamoDb, Names[ShopTopology.Checkpoints]),
        TimeSpan.FromDays(ShopTopology.SalesWindowDays),
        TimeProvider.System);

    public IPersonalData Personal => _personal;

    /// <summary>A queue's URL, by its name in the topology. SQS is asked once for a URL that the stack does not name.</summary>
    public async Task<string> QueueUrlAsync(string queue, CancellationToken ct) =>
        _queueUrls.TryGetValue(queue, out var url) ? url : _queueUrls[queue] = (await Sqs.GetQueueUrlAsync(queue, ct)).QueueUrl;

    private DynamoRankings RankingsIn(Table table) => new(DynamoDb, Names[table], table.PartitionKey.Name);

    public void Dispose()
    {
        _database.Dispose();
        _personal.Dispose();
        DynamoDb.Dispose();
        Kinesis.Dispose();
        Sqs.Dispose();
    }
}

/// <summary>The services of AWS that the Operator speaks to.</summary>
internal sealed record AwsClients(
    IAmazonDynamoDB DynamoDb,
    IAmazonKinesis Kinesis,
    IAmazonSQS Sqs);

/// <summary>How clients come to the shop.</summary>
/// <param name="Edge">Asked for where it is needed.</param>
internal sealed record StackClients(
    Func<Uri> Edge,
    string? SellerToken = null,
    string? CustomerToken = null);
