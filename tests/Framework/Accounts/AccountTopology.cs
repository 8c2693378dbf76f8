using System.Globalization;
using ServerlessCqrs.Projections.Declarations;
using ServerlessCqrs.Topology;
using static ServerlessCqrs.Topology.SettingValue;

namespace ServerlessCqrs.Accounts;

/// <summary>The bank on one page.</summary>
public static class AccountTopology
{
    public const string ProgramSetting = "PROGRAM";

    public const string Project = "tests/Framework/Accounts";

    public static EventStream Commands { get; } = new("commands", Shards: 1, Retention: TimeSpan.FromDays(1));

    public static Topic Events { get; } = new("events");

    public static Table StreamTips { get; } = new("stream-tips", new KeyAttribute("stream"));

    public static Table AccountsV1 { get; } = AccountViews.All[AccountViews.AccountsV1].Table;

    public static Table Checkpoints => ReadModelDeclarations.Checkpoints;

    public static Queue ReadModels { get; } = new(
        "events-to-read-models",
        Events,
        Tag: "statement",
        Delay: TimeSpan.Zero,
        VisibilityTimeout: TimeSpan.FromSeconds(180),
        MaxReceiveCount: 5);

    public static EdgeRules Edge { get; } = new() { HeaderPrefix = "Bank", PrivateReads = ["/accounts/*", "/commands/*"] };

    private static readonly Metric Parked = new("Bank", "Parked");

    private static readonly Setting[] EventStore =
    [
        new("STREAM_TIPS_TABLE", new TableName(StreamTips)),
        new("CLICKHOUSE", new Provided(Provision.ClickHouse)),
        new("CLICKHOUSE_SECRET", new Provided(Provision.ClickHouseSecret)),
    ];

    private static readonly Setting[] Views =
    [
        new("ACCOUNTS_V1_TABLE", new TableName(AccountsV1)),
        new("CHECKPOINTS_TABLE", new TableName(Checkpoints)),
    ];

    private static readonly Setting[] Callers =
    [
        new("TOKEN_ISSUER", new Provided(Provision.TokenIssuer)),
        new("TOKEN_AUDIENCE", new Provided(Provision.TokenAudience)),
    ];

    public static HttpService CommandApi { get; } = new(
        nameof(CommandApi),
        Project,
        MemoryMb: 1024,
        Timeout: TimeSpan.FromSeconds(29),
        Requests: 10,
        Throttle: new RateLimit(RequestsPerSecond: 100, Burst: 100),
        Methods: ["POST", "PUT"],
        Environment: [Program(nameof(CommandApi)), .. Callers, new("COMMAND_STREAM", new StreamName(Commands))]);

    public static HttpService QueryApi { get; } = new(
        nameof(QueryApi),
        Project,
        MemoryMb: 1024,
        Timeout: TimeSpan.FromSeconds(29),
        Requests: 10,
        Throttle: new RateLimit(RequestsPerSecond: 100, Burst: 100),
        Methods: ["GET", "HEAD"],
        Environment: [Program(nameof(QueryApi)), .. EventStore, .. Callers, .. Views]);

    public static Function CommandsToEvents { get; } = new(
        nameof(CommandsToEvents),
        Project,
        MemoryMb: 1769,
        Timeout: TimeSpan.FromSeconds(120),
        new StreamMapping(Commands, BatchSize: 1000, Window: TimeSpan.Zero),
        Environment:
        [
            Program(nameof(CommandsToEvents)),
            .. EventStore,
            new("EVENT_TOPIC_ARN", new TopicArn(Events)),
            new("METRIC_NAMESPACE", Parked.Namespace),
            new("PARKED_METRIC", Parked.Name),
        ]);

    public static Function EventsToReadModels { get; } = new(
        nameof(EventsToReadModels),
        Project,
        MemoryMb: 1024,
        Timeout: TimeSpan.FromSeconds(30),
        new QueueMapping(ReadModels, BatchSize: 10, Window: TimeSpan.Zero, Concurrency: 2),
        Environment:
        [
            Program(nameof(EventsToReadModels)),
            .. EventStore,
            .. Views,
            new("QUEUE_URL", new QueueUrl(ReadModels)),
            new("DEAD_LETTERS_URL", new DeadLettersUrl(ReadModels)),
            new("MAX_RECEIVE_COUNT", ReadModels.MaxReceiveCount.ToString(CultureInfo.InvariantCulture)),
        ]);

    public static SystemTopology All { get; } = new()
    {
        Name = "bank",
        Commands = Commands,
        Events = Events,
        Tables = [StreamTips, AccountsV1, Checkpoints],
        Queues = [ReadModels],
        CommandApi = CommandApi,
        QueryApi = QueryApi,
        Functions = [CommandsToEvents, EventsToReadModels],
        Edge = Edge,
        Groups = new UserGroups([AccountDomain.Holder, "operator"], Default: AccountDomain.Holder),
        Watch = new Watch { LagLimit = TimeSpan.FromSeconds(10), Parked = Parked },
        Rights = new Dictionary<string, IReadOnlyList<Right>>
        {
            [CommandApi.Name] = [new(["kinesis:PutRecords"], [Commands])],
            [QueryApi.Name] =
            [
                new(["dynamodb:BatchGetItem", "dynamodb:GetItem"], [StreamTips]),
                new(["dynamodb:BatchGetItem", "dynamodb:GetItem"], [AccountsV1]),
            ],
            [CommandsToEvents.Name] =
            [
                new(["dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:PutItem"], [StreamTips]),
                new(["sns:Publish"], [Events]),
            ],
            [EventsToReadModels.Name] =
            [
                new(["dynamodb:BatchGetItem", "dynamodb:GetItem"], [StreamTips]),
                new(["dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:UpdateItem"], [AccountsV1]),
                new(["dynamodb:GetItem"], [Checkpoints]),
            ],
        },
        DeployedAfter = new Dictionary<string, IReadOnlyList<Topology.Program>>
        {
            [CommandsToEvents.Name] = [EventsToReadModels],
            [CommandApi.Name] = [CommandsToEvents],
        },
    };

    private static Setting Program(string name) => new(ProgramSetting, name);
}
