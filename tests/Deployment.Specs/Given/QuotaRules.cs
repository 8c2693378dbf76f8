using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Deployment.Specs.Given;

/// <summary>The limits of an account and a partition. Each rule names what exceeds a limit or has none.</summary>
public static class QuotaRules
{
    /// <summary>Lambda Developer Guide, "Configuring reserved concurrency for a function".</summary>
    private const int LeftToOthers = 100;

    /// <summary>
    /// Returns the programs that other functions of the account can starve. Also returns the programs whose mappings
    /// use more than their reserved concurrency
    /// (Lambda Developer Guide, "Configuring scaling behavior for SQS event source mappings").
    /// </summary>
    public static IEnumerable<string> Starved(Cloud cloud) =>
        from function in Programs(cloud)
        let reserved = (int?)function["ReservedConcurrentExecutions"]
        where reserved is null || reserved < TakenBy(cloud, function)
        select reserved is null ? $"{function.Path} reserves nothing" : $"{function.Path} reserves {reserved}, and {TakenBy(cloud, function)} are taken";

    /// <summary>
    /// Returns the functions that anybody can invoke without a token, up to the account's concurrency.
    /// </summary>
    public static IEnumerable<string> OpenWithoutBound(Cloud cloud) =>
        from route in cloud.Of("AWS::ApiGatewayV2::Route")
        where route["AuthorizationType"]?.ToString() == "NONE"
        from integration in cloud.Of("AWS::ApiGatewayV2::Integration")
        where cloud.Tell(route, "Target") == $"integrations/${{{integration.Path}}}"
        let function = Integrations.FunctionOf(cloud, integration)!
        where function["ReservedConcurrentExecutions"] is null
        select $"{route["RouteKey"]} may take all of the account by {function.Path}";

    /// <summary>The concurrency that the account must allow, including what Lambda wants unreserved.</summary>
    public static int Needed(Cloud cloud) => Reserved(cloud) + LeftToOthers;

    public static int Reserved(Cloud cloud) => Programs(cloud).Sum(function => (int?)function["ReservedConcurrentExecutions"] ?? 0);

    /// <summary>The concurrency that shards, queues and schedules use, reserved or not.</summary>
    public static int TakenByMappings(Cloud cloud) => Programs(cloud).Sum(function => TakenBy(cloud, function));

    /// <summary>
    /// Returns the partitions whose items share a thousand writes per second and have no alarm that states the limit.
    /// These are every index, and every table with a sort key (DynamoDB Developer Guide, "Understanding GSI write
    /// throttling and back pressure"; "CloudWatch throttling metrics").
    /// </summary>
    public static IEnumerable<string> UnwatchedPartitions(Cloud cloud) =>
        from table in cloud.Of("AWS::DynamoDB::Table")
        from index in References.Listed(table["GlobalSecondaryIndexes"]).Select(index => (string?)index["IndexName"]!.ToString())
            .Concat(References.Listed(table["KeySchema"]).Count() > 1 ? [null] : [])
        let name = index is null ? table.Path : $"{table.Path}/{index}"
        where !cloud.Of("AWS::CloudWatch::Alarm").Any(alarm => Watches(cloud, alarm, table, index))
        select $"{name}: no alarm when it throttles its table";

    private static bool Watches(Cloud cloud, Resource alarm, Resource table, string? index)
    {
        if (alarm["MetricName"]?.ToString() != "WriteThrottleEvents" || alarm["Namespace"]?.ToString() != "AWS/DynamoDB") return false;
        var dimensions = References.Listed(alarm["Dimensions"]).ToDictionary(one => one["Name"]!.ToString(), one => cloud.Tell(alarm.Stack, one["Value"]));
        return dimensions.GetValueOrDefault("TableName") == $"${{{table.Path}}}"
            && dimensions.GetValueOrDefault("GlobalSecondaryIndexName") == index
            && alarm["AlarmDescription"]?.ToString().EndsWith(" a second", StringComparison.Ordinal) == true;
    }

    private static IEnumerable<Resource> Programs(Cloud cloud) => cloud.Of("AWS::Lambda::Function").Where(function => function["Runtime"]?.ToString() == "dotnet10");

    private static int TakenBy(Cloud cloud, Resource function) =>
        cloud.Of("AWS::Lambda::EventSourceMapping").Where(mapping => cloud.Target(mapping, "FunctionName") == function).Sum(mapping =>
            mapping["StartingPosition"] is null
                ? (int?)mapping["ScalingConfig"]?["MaximumConcurrency"] ?? 1000
                : (int)mapping["ParallelizationFactor"]! * ((int?)cloud.Target(mapping, "EventSourceArn")!["ShardCount"] ?? ShopTopology.Commands.Shards))
        + cloud.Of("AWS::Events::Rule").Count(rule => References.Listed(rule["Targets"]).Any(target => cloud.Target(rule.Stack, target["Arn"]) == function));
}
