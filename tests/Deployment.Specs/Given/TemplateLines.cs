using System.Text.Json.Nodes;
using ServerlessCqrs.Cdk.Services;

namespace ServerlessCqrs.Deployment.Specs.Given;

/// <summary>
/// Describes the templates' streams, topics, queues, tables, functions, mappings, settings and routes, one line each.
/// </summary>
public sealed class TemplateLines(Cloud cloud)
{
    public IReadOnlyList<string> All =>
    [
        .. cloud.Of("AWS::Kinesis::Stream").Select(stream => $"stream {stream.Part} retention={stream["RetentionPeriodHours"]}h shards={stream["StreamModeDetails"]?["StreamMode"]} {stream["ShardCount"]}"),
        .. Topics.Select(topic => $"topic {topic.Part}"),
        .. cloud.Of("AWS::SQS::Queue").Select(Queue),
        .. cloud.Of("AWS::SNS::Subscription").Where(subscription => Topics.Any(topic => Told(subscription, "TopicArn") == topic.Path)).Select(Subscription),
        .. cloud.Of("AWS::DynamoDB::Table").SelectMany(Table),
        .. Functions.Select(function => $"function {function.Part} {function["Description"]} memory={function["MemorySize"]} timeout={function["Timeout"]} runs={function["Handler"]} at-once={function["ReservedConcurrentExecutions"]}"),
        .. cloud.Of("AWS::Lambda::EventSourceMapping").Select(Mapping),
        .. cloud.Of("AWS::Events::Rule").Select(rule => $"schedule {rule.Part} {rule["State"]} {rule["ScheduleExpression"]} {cloud.Tell(rule, "Targets")}"),
        .. cloud.Of("AWS::Lambda::EventInvokeConfig").Select(invoked => $"invoked late {Told(invoked, "FunctionName")} {invoked["Qualifier"]} retries={invoked["MaximumRetryAttempts"]} age={invoked["MaximumEventAgeInSeconds"]}"),
        .. Functions.SelectMany(Settings),
        .. cloud.Of("AWS::ApiGatewayV2::Route").Where(route => route["RouteKey"]!.ToString().EndsWith(" /{proxy+}", StringComparison.Ordinal)).Select(Route),
        .. PrivateReads,
        .. SocketRoutes.Select(route => Route(route).Replace("route ", "socket ", StringComparison.Ordinal)),
        .. SocketStages,
    ];

    /// <summary>The settings that exist only on AWS. <see cref="ProgramSettings"/> has the reason of each.</summary>
    public IReadOnlyList<string> OnlyHere => [.. Functions.SelectMany(AllSettings).Where(IsOnlyHere).Select(setting => setting.Split(' ')[2].Split('=')[0]).Distinct()];

    /// <summary>The topics without the one of the alarms, which is not in the topology.</summary>
    private IEnumerable<Resource> Topics => cloud.Of("AWS::SNS::Topic").Where(topic => topic.Part != "Alerts");

    /// <summary>The system's own programs. Functions that AWS itself calls have inline code.</summary>
    private IEnumerable<Resource> Functions => cloud.Of("AWS::Lambda::Function").Where(function => function["Runtime"]?.ToString() == "dotnet10");

    private IEnumerable<Resource> SocketRoutes => cloud.Of("AWS::ApiGatewayV2::Route").Where(route => Integrations.IsOfSockets(cloud, route));

    private IEnumerable<string> SocketStages =>
        from stage in cloud.Of("AWS::ApiGatewayV2::Stage")
        where Integrations.IsOfSockets(cloud, stage)
        let bounds = stage["DefaultRouteSettings"]
        select $"sockets /{stage["StageName"]} rate={bounds?["ThrottlingRateLimit"]} burst={bounds?["ThrottlingBurstLimit"]}";

    private IEnumerable<string> PrivateReads => cloud.Of("AWS::CloudFront::Distribution")
        .SelectMany(distribution => (JsonArray)distribution["DistributionConfig"]!["CacheBehaviors"]!)
        // CloudFront's managed policy "CachingDisabled".
        .Where(behavior => behavior!["CachePolicyId"]?.ToString() == "4135ea2d-6df8-44a3-9df3-4b5a84be39ad")
        .Select(behavior => $"private {behavior!["PathPattern"]}");

    private static bool IsOnlyHere(string setting) => setting.Contains($" {ProgramSettings.Replicated}=", StringComparison.Ordinal);

    private static string Queue(Resource queue, Cloud cloud) =>
        $"queue {queue.Path} delay={queue["DelaySeconds"]} hidden={queue["VisibilityTimeout"]} kept={queue["MessageRetentionPeriod"]} "
        + $"dead-letters={Bare(cloud.Tell(queue.Stack, queue["RedrivePolicy"]?["deadLetterTargetArn"]))} after={queue["RedrivePolicy"]?["maxReceiveCount"]}";

    private string Queue(Resource queue) => Queue(queue, cloud);

    private string Subscription(Resource subscription) =>
        $"subscription of {Told(subscription, "Endpoint")} to {Told(subscription, "TopicArn")} by {subscription["Protocol"]} raw={subscription["RawMessageDelivery"]} filter={cloud.Tell(subscription, "FilterPolicy")}";

    private IEnumerable<string> Table(Resource table)
    {
        var name = table.Path["Tables/".Length..];
        yield return $"table {name} keys={Keys(table, table["KeySchema"])} expires={Expiry(table["TimeToLiveSpecification"])} recoverable={table["PointInTimeRecoverySpecification"]?["PointInTimeRecoveryEnabled"]}";
        foreach (var index in table["GlobalSecondaryIndexes"] as JsonArray ?? [])
            yield return $"index {name}/{index!["IndexName"]} keys={Keys(table, index["KeySchema"])} carries={index["Projection"]!["ProjectionType"]} {string.Join(',', index["Projection"]!["NonKeyAttributes"] as JsonArray ?? [])}";
    }

    private static string Expiry(JsonNode? expiry) => expiry is null ? "" : expiry["Enabled"]?.ToString() == "true" ? $"{expiry["AttributeName"]}" : "never";

    private static string Keys(Resource table, JsonNode? schema) => string.Join(',', ((JsonArray)schema!)
        .Select(key => $"{key!["KeyType"]} {key["AttributeName"]}:{((JsonArray)table["AttributeDefinitions"]!).SingleOrDefault(attribute => attribute!["AttributeName"]?.ToString() == key["AttributeName"]?.ToString())?["AttributeType"]}"));

    private string Mapping(Resource mapping) =>
        $"mapping {Told(mapping, "EventSourceArn")} to {Told(mapping, "FunctionName")} batch={mapping["BatchSize"]} window={mapping["MaximumBatchingWindowInSeconds"] ?? 0} reports={cloud.Tell(mapping, "FunctionResponseTypes")} "
        + (mapping["StartingPosition"] is null && mapping["ScalingConfig"] is { } scaling
            ? $"concurrency={scaling["MaximumConcurrency"]}"
            : $"from={mapping["StartingPosition"]} retries={mapping["MaximumRetryAttempts"]} age={mapping["MaximumRecordAgeInSeconds"]} bisects={mapping["BisectBatchOnFunctionError"]} at-once={mapping["ParallelizationFactor"]}");

    private IEnumerable<string> Settings(Resource function) => AllSettings(function).Where(setting => !IsOnlyHere(setting));

    private IEnumerable<string> AllSettings(Resource function) =>
        (function["Environment"]?["Variables"] as JsonObject ?? []).Select(variable => $"setting {function.Part} {variable.Key}={cloud.Tell(function.Stack, variable.Value)}");

    private string Route(Resource route)
    {
        var integration = cloud.Of("AWS::ApiGatewayV2::Integration").Single(one => cloud.Tell(route, "Target") == $"integrations/${{{one.Path}}}");
        return $"route {route["RouteKey"]} to {Integrations.FunctionOf(cloud, integration)?.Path}";
    }

    private string Told(Resource resource, string property) => Bare(cloud.Tell(resource, property));

    /// <summary>Returns only the path of <c>${events/Topic}</c> or <c>${commands/Stream.Arn}</c>.</summary>
    private static string Bare(string told) => told.Replace("${", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal).Replace(".Arn", "", StringComparison.Ordinal);
}
