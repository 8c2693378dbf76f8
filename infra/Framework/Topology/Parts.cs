namespace ServerlessCqrs.Topology;

/// <summary>A Kinesis data stream.</summary>
/// <param name="Shards">Where the stream is provisioned; each takes 1 MB or 1,000 records a second (Kinesis quotas).</param>
/// <param name="Retention">24 hours to 365 days (Kinesis quotas).</param>
public sealed record EventStream(
    string Name,
    int Shards,
    TimeSpan Retention);

/// <summary>An SNS standard topic.</summary>
public sealed record Topic(string Name);

/// <summary>A DynamoDB table, on demand.</summary>
/// <param name="ExpiresAt">The attribute with the epoch second after which DynamoDB deletes an item; null where items stay.</param>
/// <param name="IsRecoverable">Whether it can be put back to any second of the last 35 days. Not where what is deleted must be gone.</param>
public sealed record Table(
    string Name,
    KeyAttribute PartitionKey,
    KeyAttribute? SortKey = null,
    IReadOnlyList<TableIndex>? Indexes = null,
    string? ExpiresAt = null,
    bool IsRecoverable = true,
    SharedPartition? Shared = null);

/// <summary>A global secondary index. <paramref name="Projected"/>: the attributes it carries besides the keys.</summary>
/// <param name="Shared">What its partitions bound.</param>
public sealed record TableIndex(
    string Name,
    KeyAttribute PartitionKey,
    KeyAttribute SortKey,
    IReadOnlyList<string> Projected,
    SharedPartition Shared);

/// <summary>
/// Items that share one partition, and so share its 1,000 write units a second (DynamoDB Developer Guide, "Best practices
/// for designing and using partition keys effectively"). An index that takes no more throttles its table too
/// ("Understanding GSI write throttling and back pressure").
/// </summary>
/// <param name="Items">What shares one: <c>the products of a category</c>.</param>
/// <param name="Change">The change that costs most there.</param>
/// <param name="WriteUnits">What one such change costs there, for items up to 1 KB. An item that moves within an index is
/// deleted and put: two.</param>
public sealed record SharedPartition(
    string Items,
    string Change,
    int WriteUnits)
{
    private const int WriteUnitsPerSecond = 1000;

    public int ChangesPerSecond => WriteUnitsPerSecond / WriteUnits;
}

/// <param name="Type">S, N or B, as DynamoDB names its types.</param>
public sealed record KeyAttribute(
    string Name,
    string Type = "S");

/// <summary>An SQS queue behind the topic, its filter, and its dead letters (the same name and <c>-dead-letters</c>).</summary>
/// <param name="Tag">The message attribute a message must carry, with the value <c>1</c>: one of <c>EventTags</c>.</param>
/// <param name="Delay">How long every message is held back; 0 to 15 minutes (SQS quotas).</param>
/// <param name="VisibilityTimeout">At least six times the function's timeout, as Lambda's guide asks.</param>
/// <param name="MaxReceiveCount">The function gives a failing stream up at this receive of its message; at least 5, as Lambda's guide asks.</param>
public sealed record Queue(
    string Name,
    Topic Source,
    string Tag,
    TimeSpan Delay,
    TimeSpan VisibilityTimeout,
    int MaxReceiveCount)
{
    public string DeadLettersName => $"{Name}-dead-letters";

    /// <summary>
    /// The receive after which SQS itself makes the whole message a dead letter. SQS counts every receive, even those
    /// whose message was returned because the time ran out, and these must not end a message. The function makes
    /// failing messages dead letters much earlier. So SQS only ends a message that kills its function each time.
    /// Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
    /// </summary>
    public int RedriveReceiveCount => 4 * MaxReceiveCount;

    /// <summary>The longest SQS allows: a person needs the time.</summary>
    public static TimeSpan Retention { get; } = TimeSpan.FromDays(14);
}

/// <summary>One program: a Lambda function on AWS, a process here.</summary>
/// <param name="MemoryMb">Lambda gives a program CPU by its memory, one whole core at 1,769 MB (Lambda's guide, "Configure memory").</param>
/// <param name="Project">Its folder, from the repository's root.</param>
public abstract record Program(
    string Name,
    string Project,
    int MemoryMb,
    TimeSpan Timeout,
    IReadOnlyList<Setting> Environment)
{
    /// <summary>
    /// How many of it may run at once, whatever else runs in the account; never more run (Lambda Developer Guide,
    /// "Configuring reserved concurrency for a function").
    /// </summary>
    public abstract int AtOnce { get; }
}

/// <summary>A token bucket, as API Gateway throttles ("Throttle requests to your HTTP APIs for better throughput").</summary>
/// <param name="RequestsPerSecond">How fast the bucket fills.</param>
/// <param name="Burst">How many requests a full bucket lets through at once.</param>
public sealed record RateLimit(
    int RequestsPerSecond,
    int Burst);

/// <summary>A program behind the API.</summary>
/// <param name="Requests">How many requests it answers at once. A request that waits counts.</param>
/// <param name="Throttle">Of each of its methods: API Gateway answers requests beyond it with 429.</param>
public sealed record HttpService(
    string Name,
    string Project,
    int MemoryMb,
    TimeSpan Timeout,
    int Requests,
    RateLimit Throttle,
    IReadOnlyList<string> Methods,
    IReadOnlyList<Setting> Environment) : Program(Name, Project, MemoryMb, Timeout, Environment)
{
    public override int AtOnce => Requests;
}

/// <summary>A program that its mapping invokes: with batches, or on a schedule.</summary>
public sealed record Function(
    string Name,
    string Project,
    int MemoryMb,
    TimeSpan Timeout,
    Mapping Mapping,
    IReadOnlyList<Setting> Environment) : Program(Name, Project, MemoryMb, Timeout, Environment)
{
    /// <summary>The most events of sockets at once, besides those of its mapping. It is 0 without a <see cref="WebSocketApi"/>.</summary>
    public int SocketEvents { get; init; }

    public override int AtOnce => Mapping.AtOnce + SocketEvents;
}

/// <summary>
/// A WebSocket API of API Gateway. One function gets all its events: <c>$connect</c>, <c>$disconnect</c>, and every message
/// (<c>$default</c>). API Gateway returns the answer to a message to the socket.
/// </summary>
/// <param name="Path">The path where sockets connect: a slash and the stage's name. The edge has the same path.</param>
/// <param name="Throttle">The limit of all its events together.</param>
public sealed record WebSocketApi(
    string Name,
    string Path,
    Function Function,
    RateLimit Throttle)
{
    public string Stage => Path[1..];
}

/// <summary>What invokes a function.</summary>
public abstract record Mapping
{
    /// <summary>The most invocations at once.</summary>
    public abstract int AtOnce { get; }
}

/// <summary>What feeds a function. Every such mapping reports partial failures (<c>ReportBatchItemFailures</c>): a topology cannot say otherwise.</summary>
/// <param name="BatchSize">The most records or messages of one invocation; a Kinesis batch is also at most 6 MB.</param>
/// <param name="Window">How long to wait for a full batch; 0 to 5 minutes.</param>
public abstract record BatchMapping(
    int BatchSize,
    TimeSpan Window) : Mapping;

/// <summary>From <c>TRIM_HORIZON</c>, without a limit on retries or on the age of records, bisecting a batch whose invocation failed; one batch of a shard at a time.</summary>
public sealed record StreamMapping(
    EventStream Source,
    int BatchSize,
    TimeSpan Window) : BatchMapping(BatchSize, Window)
{
    /// <summary>One a shard, with room for as many shards again.</summary>
    public override int AtOnce => 2 * Source.Shards;
}

/// <param name="Concurrency">The most invocations at once; 2 to 1,000.</param>
public sealed record QueueMapping(
    Queue Source,
    int BatchSize,
    TimeSpan Window,
    int Concurrency) : BatchMapping(BatchSize, Window)
{
    public override int AtOnce => Concurrency;
}

/// <summary>Invoked with EventBridge's scheduled event, once a period, the first time after one. A tick that fails is not tried again: the next one comes anyway.</summary>
/// <param name="Every">Whole minutes, at least one (EventBridge's rates), and no less than the function's timeout: so no two are at work at once.</param>
/// <param name="EveryHere">The period on a developer's machine, where someone waits for it; null for the same.</param>
public sealed record ScheduleMapping(
    TimeSpan Every,
    TimeSpan? EveryHere = null) : Mapping
{
    public override int AtOnce => 1;
}

/// <summary>A metric of ours in CloudWatch.</summary>
public sealed record Metric(
    string Namespace,
    string Name);

/// <summary>One environment variable.</summary>
public sealed record Setting(
    string Name,
    SettingValue Value);

/// <summary>What an environment variable holds: a text, or a property of a part that exists only once it is deployed.</summary>
public abstract record SettingValue
{
    private SettingValue()
    {
    }

    public static implicit operator SettingValue(string text) => new Text(text);

    public sealed record Text(string Value) : SettingValue;

    public sealed record TableName(Table Table) : SettingValue;

    public sealed record StreamName(EventStream Stream) : SettingValue;

    public sealed record TopicArn(Topic Topic) : SettingValue;

    public sealed record QueueUrl(Queue Queue) : SettingValue;

    public sealed record DeadLettersUrl(Queue Queue) : SettingValue;

    /// <summary>Something the environment provides, by its name.</summary>
    public sealed record Provided(Provision What) : SettingValue;
}

/// <summary>What each environment provides in its own way.</summary>
public enum Provision
{
    /// <summary>ADO.NET connection string of ClickHouse, without a password.</summary>
    ClickHouse,

    /// <summary>Where the secret with ClickHouse's password is; empty where none is needed.</summary>
    ClickHouseSecret,

    /// <summary>The key that wraps the keys of persons: <c>kms:{key arn}</c>, or <c>file:{path}</c>.</summary>
    MasterKey,

    /// <summary>The issuer of tokens: its discovery document tells the keys.</summary>
    TokenIssuer,

    /// <summary>The audience (Cognito: client id) that tokens are for.</summary>
    TokenAudience,

    /// <summary>The CloudFront distribution's id.</summary>
    Distribution,

    /// <summary>The public URL of the edge, for links in mails.</summary>
    PublicUrl,

    /// <summary>The sender of mails, verified with SES.</summary>
    MailFrom,

    /// <summary>The URL through which a function reaches the sockets of the WebSocket API.</summary>
    ConnectionsUrl,

    /// <summary>Origins that browsers may call from, parted by commas.</summary>
    CorsOrigins,

    /// <summary>Where the secrets are of which the edge shows one, parted by commas; empty where nobody has to come by the edge.</summary>
    EdgeSecrets,
}
