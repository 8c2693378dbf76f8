using System.Globalization;
using ServerlessCqrs.Projections.Declarations;
using ServerlessCqrs.ShopViews;
using static ServerlessCqrs.Topology.SettingValue;

namespace ServerlessCqrs.Topology;

/// <summary>Everything the shop is deployed as, and every number of it: the only place that says them. <c>infra/Local</c> plays it, <c>infra/Aws</c> deploys it.</summary>
public static class ShopTopology
{
    /// <summary>An unsubscription's path carries its own signature (RFC 8058).</summary>
    public static EdgeRules Edge { get; } = new()
    {
        HeaderPrefix = "Shop",
        PrivateReads = ["/users/*", "/orders/*", "/commands/*", "/products/*/history", "/products/*/reviews/pending"],
        OpenWrites = ["/unsubscribe/*"],
        ReadsByPost = ["/graphql/query"],
    };

    /// <summary>Two shards, so that what must hold across shards is tried on every machine. Seven days to repair what stops a shard.</summary>
    public static EventStream Commands { get; } = new("commands", Shards: 2, Retention: TimeSpan.FromDays(7));

    public static Topic Events { get; } = new("events");

    public static Table StreamTips { get; } = new("stream-tips", new KeyAttribute("stream"));

    /// <summary>The read models whose tables the topology has.</summary>
    public static ReadModelDeclarations Views => ShopReadModels.All;

    public static Table ProductsV1 { get; } = Views[ShopReadModels.ProductsV1].Table;

    /// <summary>As version 1, with another document. Empty until an operator builds version 2.</summary>
    public static Table ProductsV2 { get; } = Views[ShopReadModels.ProductsV2].Table;

    public static Table ReviewsV1 { get; } = Views[ShopReadModels.ReviewsV1].Table;

    public static Table OrdersV1 { get; } = Views[ShopReadModels.OrdersV1].Table;

    public static Table ProductSearchV1 { get; } = Views[ShopReadModels.ProductSearchV1].Table;

    /// <summary>Which products each word finds.</summary>
    public static Table ProductSearchV1Words { get; } = Views[ShopReadModels.ProductSearchV1].BesideItems[0];

    /// <summary>What was bought together with each product.</summary>
    public static Table RecommendationsV1 { get; } = new("recommendations-v1", new KeyAttribute("product"));

    /// <summary>What sold best in each category, and in all of them.</summary>
    public static Table BestSellersV1 { get; } = new("best-sellers-v1", new KeyAttribute("category"));

    /// <summary>Which categories there are, which read models are alive and whom each version answers, how far each read model's lag was observed, where builds have got to, and what the rankings were computed from.</summary>
    public static Table Checkpoints => ReadModelDeclarations.Checkpoints;

    /// <summary>One claim a mail; kept as long as a dead letter can come back, and then some.</summary>
    public static Table Mails { get; } = new("mails", new KeyAttribute("mail"), ExpiresAt: "expiresAt");

    /// <summary>One wrapped key a person. To delete an item is to erase the person's data everywhere: a backup would bring the key back.</summary>
    public static Table PersonKeys { get; } = new("person-keys", new KeyAttribute("person"), IsRecoverable: false);

    /// <summary>When the bucket of invalidations is full again: the budget's memory.</summary>
    public static Table EdgeBudget { get; } = new("edge-budget", new KeyAttribute("hour"), ExpiresAt: "expiresAt");

    /// <summary>
    /// Which sockets are open, and which streams each one watches. It needs no backup: browsers connect again. A new
    /// watcher writes two items into its stream's partition.
    /// </summary>
    public static Table Connections { get; } = new(
        "connections",
        new KeyAttribute("stream"),
        new KeyAttribute("connection"),
        ExpiresAt: "expiresAt",
        IsRecoverable: false,
        Shared: new SharedPartition("the watchers of a stream", "new watchers", 2));

    public static Queue ReadModels { get; } = new(
        "events-to-read-models",
        Events,
        Tag: "document",
        Delay: TimeSpan.Zero,
        VisibilityTimeout: TimeSpan.FromSeconds(180),
        MaxReceiveCount: 5);

    /// <summary>The delay lets a watch that was accepted before the price fell reach the log first.</summary>
    public static Queue Mail { get; } = new(
        "events-to-mail",
        Events,
        Tag: "mail",
        Delay: TimeSpan.FromSeconds(3),
        VisibilityTimeout: TimeSpan.FromSeconds(360),
        MaxReceiveCount: 5);

    public static Queue EdgeCache { get; } = new(
        "events-to-edge-cache",
        Events,
        Tag: "edge",
        Delay: TimeSpan.Zero,
        VisibilityTimeout: TimeSpan.FromSeconds(180),
        MaxReceiveCount: 5);

    /// <summary>Hints about what read models show. A browser that misses one catches up when it connects again.</summary>
    public static Queue Browsers { get; } = new(
        "events-to-browsers",
        Events,
        Tag: "document",
        Delay: TimeSpan.Zero,
        VisibilityTimeout: TimeSpan.FromSeconds(180),
        MaxReceiveCount: 5);

    /// <summary>A dead letter of the process is an order that hangs or pieces that nobody gets, until a person sends it again: so an outage may take an hour.</summary>
    public static Queue Orders { get; } = new(
        "events-to-orders",
        Events,
        Tag: "process",
        Delay: TimeSpan.Zero,
        VisibilityTimeout: TimeSpan.FromSeconds(180),
        MaxReceiveCount: 20);

    /// <summary>Delayed for as long as an order may wait for its products (<c>OrderLimits.ReservationWindow</c>).</summary>
    public static Queue Timeouts { get; } = new(
        "orders-to-timeouts",
        Events,
        Tag: "timeout",
        Delay: TimeSpan.FromMinutes(5),
        VisibilityTimeout: TimeSpan.FromSeconds(180),
        MaxReceiveCount: 20);

    /// <summary>How long the canary's write took until it could be read.</summary>
    public static Metric Lag { get; } = new("Shop", "Lag");

    /// <summary>How far each read model is behind the log; it has a dimension <c>ReadModel</c>, its table's name.</summary>
    public static Metric ReadModelLag { get; } = new("Shop", "ReadModelLag");

    /// <summary>How many items were behind for too long.</summary>
    public static Metric Drift { get; } = new("Shop", "Drift");

    /// <summary>How many of them could not be repaired.</summary>
    public static Metric Stuck { get; } = new("Shop", "Stuck");

    /// <summary>How many commands were parked because newer code wrote them.</summary>
    public static Metric Parked { get; } = new("Shop", "Parked");

    private static readonly Setting[] EventLog =
    [
        new("CLICKHOUSE", new Provided(Provision.ClickHouse)),
        new("CLICKHOUSE_SECRET", new Provided(Provision.ClickHouseSecret)),
    ];

    private static readonly Setting[] EventStore = [new("STREAM_TIPS_TABLE", new TableName(StreamTips)), .. EventLog];

    /// <summary>What it takes to know how far the products are for every reader.</summary>
    private static readonly Setting[] ServedProducts =
        SettingsOf(Views.VersionsOf(ShopReadModels.Products).Select(model => model.Table).Append(Checkpoints));

    /// <summary>Where read models have an item for each stream, by the read models' own names.</summary>
    public static IReadOnlyList<Table> ReadModelItems { get; } = [.. Views.Models.Select(model => model.Table)];

    private static readonly Setting[] ReadModelSettings =
        SettingsOf(Views.Tables.OrderBy(ReadModelDeclarations.SettingOf, StringComparer.Ordinal));

    private static readonly Setting[] Rankings =
    [
        new("RECOMMENDATIONS_V1_TABLE", new TableName(RecommendationsV1)),
        new("BEST_SELLERS_V1_TABLE", new TableName(BestSellersV1)),
    ];

    private static readonly Setting[] Callers =
    [
        new("EDGE_SECRETS", new Provided(Provision.EdgeSecrets)),
        new("TOKEN_ISSUER", new Provided(Provision.TokenIssuer)),
        new("TOKEN_AUDIENCE", new Provided(Provision.TokenAudience)),
        new("CORS_ORIGINS", new Provided(Provision.CorsOrigins)),
    ];

    private static readonly Setting[] PersonalData =
    [
        new("PERSON_KEYS_TABLE", new TableName(PersonKeys)),
        new("MASTER_KEY", new Provided(Provision.MasterKey)),
    ];

    /// <summary>
    /// The longest wait a client may prefer is 20 s; API Gateway ends a request after 30 s. More than half a core: a
    /// request takes 15 ms of it, but a cold start a second. The fastest writes take 90 at once, at 50 ms each; the rest is
    /// for clients that wait.
    /// </summary>
    public static HttpService CommandApi { get; } = new(
        "CommandApi",
        "services/CommandApi",
        MemoryMb: 1024,
        Timeout: TimeSpan.FromSeconds(29),
        Requests: 200,
        // What two shards take: 1,000 records a second each (Kinesis quotas), less a tenth for what is sent again.
        Throttle: new RateLimit(RequestsPerSecond: 1800, Burst: 900),
        Methods: ["POST", "PUT", "PATCH", "DELETE"],
        Environment:
        [
            .. EventStore,
            .. Callers,
            .. PersonalData,
            new("COMMAND_STREAM", new StreamName(Commands)),
        ]);

    /// <summary>
    /// As the command service: the same waits, the same starts. The fastest reads take 100 at once, at 50 ms each. Reads
    /// that anybody may ask for thus never take what the write path needs.
    /// </summary>
    public static HttpService QueryApi { get; } = new(
        "QueryApi",
        "services/QueryApi",
        MemoryMb: 1024,
        Timeout: TimeSpan.FromSeconds(29),
        Requests: 200,
        // At 50 ms a read, half of what the service answers at once. Most reads never pass the edge.
        Throttle: new RateLimit(RequestsPerSecond: 2000, Burst: 2000),
        Methods: ["GET", "HEAD"],
        Environment:
        [
            .. EventStore,
            .. Callers,
            .. PersonalData,
            .. ReadModelSettings,
            .. Rankings,
        ]);

    /// <summary>1,000 records are about 1 MB of a shard's second; a batch is one insert into ClickHouse, which likes them large and few. A whole core, since a shard has one consumer; the time is for ClickHouse's retries.</summary>
    public static Function CommandsToEvents { get; } = new(
        "CommandsToEvents",
        "functions/CommandsToEvents",
        MemoryMb: 1769,
        Timeout: TimeSpan.FromSeconds(120),
        new StreamMapping(Commands, BatchSize: 1000, Window: TimeSpan.Zero),
        Environment:
        [
            .. EventStore,
            new("EVENT_TOPIC_ARN", new TopicArn(Events)),
            new("METRIC_NAMESPACE", Parked.Namespace),
            new("PARKED_METRIC", Parked.Name),
        ]);

    /// <summary>A receive of SQS is ten messages, some hundreds of events; two at once keep up with two shards, and a stream's events mostly in order.</summary>
    public static Function EventsToReadModels { get; } = new(
        "EventsToReadModels",
        "functions/EventsToReadModels",
        MemoryMb: 1024,
        Timeout: TimeSpan.FromSeconds(30),
        new QueueMapping(ReadModels, BatchSize: 10, Window: TimeSpan.Zero, Concurrency: 2),
        Environment:
        [
            .. EventStore,
            .. ReadModelSettings,
            .. DeadLetters(ReadModels),
        ]);

    /// <summary>It waits for SES more than it computes; no more mails at once than a new account may send (14 a second).</summary>
    public static Function EventsToMail { get; } = new(
        "EventsToMail",
        "functions/EventsToMail",
        MemoryMb: 512,
        Timeout: TimeSpan.FromSeconds(60),
        new QueueMapping(Mail, BatchSize: 10, Window: TimeSpan.Zero, Concurrency: 2),
        Environment:
        [
            .. EventStore,
            .. PersonalData,
            new("MAILS_TABLE", new TableName(Mails)),
            new("MAIL_FROM", new Provided(Provision.MailFrom)),
            new("PUBLIC_URL", new Provided(Provision.PublicUrl)),
            .. DeadLetters(Mail),
        ]);

    /// <summary>
    /// A path costs $0.005, and the first 1,000 a month are free (CloudFront pricing). A full bucket of 10,000 and 14 an hour are at most 20,416 paths in a month of 31 days: $97.08. A shop that changes prices in campaigns is invalidated at once;
    /// one with changes every second is not, and the edge keeps its products for 10 s.
    /// </summary>
    public static Function EventsToEdgeCache { get; } = new(
        "EventsToEdgeCache",
        "functions/EventsToEdgeCache",
        MemoryMb: 512,
        Timeout: TimeSpan.FromSeconds(30),
        new QueueMapping(EdgeCache, BatchSize: 100, Window: TimeSpan.FromSeconds(1), Concurrency: 2),
        Environment:
        [
            .. ServedProducts,
            new("EDGE_BUDGET_TABLE", new TableName(EdgeBudget)),
            new("DISTRIBUTION_ID", new Provided(Provision.Distribution)),
            new("INVALIDATIONS_PER_HOUR", "14"),
            new("INVALIDATIONS_AT_ONCE", "10000"),
            .. DeadLetters(EdgeCache),
        ]);

    /// <summary>What answers an event is worth most at once: nothing is waited for. An order of one product takes its queue twice, and the command stream three times.</summary>
    public static Function EventsToOrders { get; } = new(
        "EventsToOrders",
        "functions/EventsToOrders",
        MemoryMb: 1024,
        Timeout: TimeSpan.FromSeconds(30),
        new QueueMapping(Orders, BatchSize: 10, Window: TimeSpan.Zero, Concurrency: 2),
        Environment:
        [
            .. EventStore,
            new("COMMAND_STREAM", new StreamName(Commands)),
            .. DeadLetters(Orders),
        ]);

    /// <summary>Nearly every order was settled long before, so a batch is a read of tips and no more: they are gathered.</summary>
    public static Function OrdersToTimeouts { get; } = new(
        "OrdersToTimeouts",
        "functions/OrdersToTimeouts",
        MemoryMb: 512,
        Timeout: TimeSpan.FromSeconds(30),
        new QueueMapping(Timeouts, BatchSize: 100, Window: TimeSpan.FromSeconds(5), Concurrency: 2),
        Environment:
        [
            .. EventStore,
            new("COMMAND_STREAM", new StreamName(Commands)),
            .. DeadLetters(Timeouts),
        ]);

    /// <summary>
    /// It waits for tables and sockets more than it computes. Besides two batches, it handles up to fifty events of
    /// sockets at once. Each takes about 50 ms. API Gateway waits at most 29 s for it ("Quotas for configuring and running
    /// a WebSocket in API Gateway").
    /// </summary>
    public static Function EventsToBrowsers { get; } = new(
        "EventsToBrowsers",
        "functions/EventsToBrowsers",
        MemoryMb: 512,
        Timeout: TimeSpan.FromSeconds(25),
        new QueueMapping(Browsers, BatchSize: 10, Window: TimeSpan.Zero, Concurrency: 2),
        Environment:
        [
            new("STREAM_TIPS_TABLE", new TableName(StreamTips)),
            new("CONNECTIONS_TABLE", new TableName(Connections)),
            new("CONNECTIONS_URL", new Provided(Provision.ConnectionsUrl)),
            // Everybody in a company or a school may share one address.
            new("CONNECTIONS_PER_CALLER", "2000"),
            new("PUBLIC_URL", new Provided(Provision.PublicUrl)),
            .. Callers,
            .. DeadLetters(Browsers),
        ])
    {
        SocketEvents = 50,
    };

    /// <summary>
    /// Half of what its function can handle, at 50 ms an event. An account opens at most 500 new sockets a second ("Quotas
    /// for configuring and running a WebSocket in API Gateway").
    /// </summary>
    public static WebSocketApi Live { get; } = new("live", "/live", EventsToBrowsers, new RateLimit(RequestsPerSecond: 500, Burst: 500));

    /// <summary>Twelve writes an hour tell of trouble soon enough, beside the queues' own ages; a year of them is one stream of 105,000 events, which a rebuild still reads at once.</summary>
    public static Function CanaryToLag { get; } = new(
        "CanaryToLag",
        "functions/CanaryToLag",
        MemoryMb: 512,
        Timeout: TimeSpan.FromSeconds(60),
        new ScheduleMapping(Every: TimeSpan.FromMinutes(5)),
        Environment:
        [
            new("COMMAND_STREAM", new StreamName(Commands)),
            new("STREAM_TIPS_TABLE", new TableName(StreamTips)),
            .. ServedProducts,
            new("METRIC_NAMESPACE", Lag.Namespace),
            new("METRIC_NAME", Lag.Name),
        ]);

    /// <summary>It observes for ten seconds, then reads a thousand streams and repairs what it must. All streams' turn comes in hours: what the queues lose, they lose rarely.</summary>
    public static Function LagAndDriftToAlarms { get; } = new(
        "LagAndDriftToAlarms",
        "functions/LagAndDriftToAlarms",
        MemoryMb: 512,
        Timeout: TimeSpan.FromSeconds(120),
        new ScheduleMapping(Every: TimeSpan.FromMinutes(5)),
        Environment:
        [
            .. EventStore,
            .. ReadModelSettings,
            new("METRIC_NAMESPACE", ReadModelLag.Namespace),
            new("LAG_METRIC", ReadModelLag.Name),
            new("DRIFT_METRIC", Drift.Name),
            new("STUCK_METRIC", Stuck.Name),
        ]);

    /// <summary>For how many days an order counts in recommendations and among best sellers.</summary>
    public const int SalesWindowDays = 90;

    /// <summary>
    /// Five minutes make no difference to what ninety days say. On a developer's machine someone who just ordered looks for the effect; a look that finds nothing new is two queries of some milliseconds. The time is for the first run,
    /// which writes every ranking there is.
    /// </summary>
    public static Function HistoryToRecommendations { get; } = new(
        "HistoryToRecommendations",
        "functions/HistoryToRecommendations",
        MemoryMb: 512,
        Timeout: TimeSpan.FromSeconds(120),
        new ScheduleMapping(Every: TimeSpan.FromMinutes(5), EveryHere: TimeSpan.FromSeconds(5)),
        Environment:
        [
            .. EventLog,
            .. Rankings,
            new("CHECKPOINTS_TABLE", new TableName(Checkpoints)),
            new("SALES_WINDOW_DAYS", SalesWindowDays.ToString(CultureInfo.InvariantCulture)),
        ]);

    public static IReadOnlyList<Table> Tables { get; } = [StreamTips, .. Views.Models.SelectMany(model => model.Tables), RecommendationsV1, BestSellersV1, Checkpoints, Mails, PersonKeys, EdgeBudget, Connections];

    public static IReadOnlyList<Queue> Queues { get; } = [ReadModels, Mail, EdgeCache, Orders, Timeouts, Browsers];

    public static IReadOnlyList<Function> Functions { get; } = [CommandsToEvents, EventsToReadModels, EventsToMail, EventsToEdgeCache, EventsToOrders, OrdersToTimeouts, EventsToBrowsers, CanaryToLag, LagAndDriftToAlarms, HistoryToRecommendations];

    /// <summary>The whole of it.</summary>
    public static SystemTopology All { get; } = new()
    {
        Name = "shop",
        Commands = Commands,
        Events = Events,
        Tables = Tables,
        Queues = Queues,
        CommandApi = CommandApi,
        QueryApi = QueryApi,
        Functions = Functions,
        Live = Live,
        Edge = Edge,
        Groups = new UserGroups(["seller", "customer", "operator"], Default: "customer"),
        Watch = new Watch
        {
            LagLimit = TimeSpan.FromSeconds(10),
            Parked = Parked,
            Canary = new Canary(CanaryToLag, Lag),
            Reconciliation = new Reconciliation(LagAndDriftToAlarms, ReadModelItems, ReadModelLag, Drift, Stuck),
        },
        Rights = ShopRights.All,
        DeployedAfter = new Dictionary<string, IReadOnlyList<Program>>
        {
            [CommandsToEvents.Name] = [EventsToReadModels],
            [CommandApi.Name] = [CommandsToEvents],
            [EventsToOrders.Name] = [CommandsToEvents],
            [OrdersToTimeouts.Name] = [CommandsToEvents],
        },
        Page = ShopPage.Site,
    };

    /// <summary>The settings with the names of these tables.</summary>
    private static Setting[] SettingsOf(IEnumerable<Table> tables) =>
        [.. tables.Select(table => new Setting(ReadModelDeclarations.SettingOf(table), new TableName(table)))];

    private static Setting[] DeadLetters(Queue queue) =>
    [
        new("QUEUE_URL", new QueueUrl(queue)),
        new("DEAD_LETTERS_URL", new DeadLettersUrl(queue)),
        new("MAX_RECEIVE_COUNT", queue.MaxReceiveCount.ToString(System.Globalization.CultureInfo.InvariantCulture)),
    ];
}
