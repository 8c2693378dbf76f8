using ServerlessCqrs.Cdk.Services;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Deployment.Specs.Given;

/// <summary>Describes the topology, one line per part, in the format of <see cref="TemplateLines"/>.</summary>
public static class TopologyLines
{
    public static IReadOnlyList<string> All(DeploymentOptions options) =>
    [
        .. new[] { Line(ShopTopology.Commands, options) },
        .. ShopTopology.Queues.Select(queue => queue.Source).Distinct().Select(topic => $"topic {topic.Name}"),
        .. ShopTopology.Queues.SelectMany(Lines),
        .. ShopTopology.Tables.SelectMany(Lines),
        .. Programs.Select(program => $"function {program.Name} {program.Project} memory={program.MemoryMb} timeout={program.Timeout.TotalSeconds} runs=ServerlessCqrs.{program.Name} at-once={ConcurrencyPlan.ReservedFor(program, options)}"),
        .. ShopTopology.Functions.SelectMany(Lines),
        .. Programs.SelectMany(program => program.Environment.Select(setting => $"setting {program.Name} {setting.Name}={ValueOf(setting.Value, options)}")),
        .. ShopTopology.All.Services.SelectMany(service => service.Methods.Select(method => $"route {method} /{{proxy+}} to {service.Name}/Function")),
        .. ShopTopology.Edge.PrivateReads.Append(ShopTopology.Live.Path).Select(pattern => $"private {pattern}"),
        .. Lines(ShopTopology.Live),
    ];

    public static IEnumerable<Topology.Program> Programs => ShopTopology.All.Programs;

    private static IEnumerable<string> Lines(WebSocketApi live) =>
    [
        .. new[] { "$connect", "$disconnect", "$default" }.Select(route => $"socket {route} to {live.Function.Name}/Function"),
        $"sockets {live.Path} rate={live.Throttle.RequestsPerSecond} burst={live.Throttle.Burst}",
    ];

    private static string Line(EventStream stream, DeploymentOptions options) =>
        $"stream {stream.Name} retention={stream.Retention.TotalHours}h shards={(options.OnDemandStream ? "ON_DEMAND " : $"PROVISIONED {stream.Shards}")}";

    private static IEnumerable<string> Lines(Queue queue) =>
    [
        $"queue {queue.Name}/Queue delay={queue.Delay.TotalSeconds} hidden={queue.VisibilityTimeout.TotalSeconds} kept={Queue.Retention.TotalSeconds} dead-letters={queue.Name}/DeadLetters after={queue.RedriveReceiveCount}",
        $"queue {queue.Name}/DeadLetters delay=0 hidden= kept={Queue.Retention.TotalSeconds} dead-letters= after=",
        $"subscription of {queue.Name}/Queue to {queue.Source.Name}/Topic by sqs raw=true filter={{{queue.Tag}:[1]}}",
    ];

    private static IEnumerable<string> Lines(Table table) =>
    [
        $"table {table.Name} keys={Keys(table.PartitionKey, table.SortKey)} expires={table.ExpiresAt} recoverable={(table.IsRecoverable ? "true" : "false")}",
        .. (table.Indexes ?? []).Select(index => $"index {table.Name}/{index.Name} keys={Keys(index.PartitionKey, index.SortKey)} carries={(index.Projected.Count == 0 ? "KEYS_ONLY" : "INCLUDE")} {string.Join(',', index.Projected)}"),
    ];

    private static string Keys(KeyAttribute partition, KeyAttribute? sort) => $"HASH {partition.Name}:{partition.Type}" + (sort is null ? "" : $",RANGE {sort.Name}:{sort.Type}");

    private static IEnumerable<string> Lines(Function function) => function.Mapping switch
    {
        StreamMapping stream => [$"mapping {stream.Source.Name}/Stream to {function.Name}/Function batch={stream.BatchSize} window={stream.Window.TotalSeconds} reports=[ReportBatchItemFailures] from=TRIM_HORIZON retries=-1 age=-1 bisects=true at-once=1"],
        QueueMapping queue => [$"mapping {queue.Source.Name}/Queue to {function.Name}/Function batch={queue.BatchSize} window={queue.Window.TotalSeconds} reports=[ReportBatchItemFailures] concurrency={queue.Concurrency}"],
        ScheduleMapping schedule =>
        [
            $"schedule {function.Name} ENABLED rate({schedule.Every.TotalMinutes} minutes) [{{Arn:${{{function.Name}/Function.Arn}},Id:Target0,RetryPolicy:{{MaximumEventAgeInSeconds:60,MaximumRetryAttempts:0}}}}]",
            $"invoked late {function.Name}/Function $LATEST retries=0 age=60",
        ],
        var other => throw new NotSupportedException(other.GetType().Name),
    };

    private static string ValueOf(SettingValue value, DeploymentOptions options) => value switch
    {
        SettingValue.Text text => text.Value,
        SettingValue.TableName table => $"${{Tables/{table.Table.Name}}}",
        SettingValue.StreamName stream => $"${{{stream.Stream.Name}/Stream}}",
        SettingValue.TopicArn topic => $"${{{topic.Topic.Name}/Topic}}",
        SettingValue.QueueUrl own => $"${{{own.Queue.Name}/Queue}}",
        SettingValue.DeadLettersUrl dead => $"${{{dead.Queue.Name}/DeadLetters}}",
        SettingValue.Provided provided => Provided(provided.What, options),
        var other => throw new NotSupportedException(other.GetType().Name),
    };

    private static string Provided(Provision what, DeploymentOptions options) => what switch
    {
        Provision.ClickHouse when options.ClickHouse is { } there => $"Host={there.Host};Port={there.Port};Protocol=https;Username={there.User};Database=shop",
        Provision.ClickHouse => "Host=clickhouse.shop.internal;Port=8123;Username=shop;Database=shop",
        Provision.ClickHouseSecret => options.ClickHouse?.SecretArn ?? "${ClickHouse/Password}",
        Provision.MasterKey => "kms:${MasterKey.Arn}",
        Provision.TokenIssuer => "https://cognito-idp.${AWS::Region}.amazonaws.com/${Identity/Pool}",
        Provision.TokenAudience => "${Identity/Pool/Shop}",
        Provision.Distribution => "${Edge/Distribution}",
        Provision.PublicUrl => options.Domain is { } domain ? $"https://{domain.Name}" : "https://${Edge/Distribution.DomainName}",
        Provision.ConnectionsUrl => $"https://${{Sockets/Api}}.execute-api.${{AWS::Region}}.amazonaws.com{ShopTopology.Live.Path}",
        Provision.MailFrom => options.MailFrom,
        Provision.CorsOrigins => string.Join(',', options.CorsOrigins),
        Provision.EdgeSecrets => string.Join(',', Enumerable.Range(options.EdgeSecret - 1, 3)
            .Where(number => number > 0).Select(number => $"${{EdgeSecret/Secret{number}}}")),
        _ => throw new NotSupportedException(what.ToString()),
    };
}
