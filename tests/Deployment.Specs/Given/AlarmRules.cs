using System.Text.Json.Nodes;

namespace ServerlessCqrs.Deployment.Specs.Given;

/// <summary>Alarms that could never ring, because nothing reports their metric.</summary>
public static class AlarmRules
{
    /// <summary>
    /// The metrics of AWS that we alarm on, and the dimensions that AWS reports them by. CloudWatch takes any other
    /// name too, and then waits for it. Sources: Lambda Developer Guide, "Types of metrics for Lambda functions"; SQS
    /// Developer Guide, "Available CloudWatch metrics for Amazon SQS"; Kinesis Developer Guide, "Monitor the Amazon
    /// Kinesis Data Streams service with Amazon CloudWatch"; DynamoDB Developer Guide, "DynamoDB metrics and
    /// dimensions"; API Gateway Developer Guide, "Monitor CloudWatch metrics for HTTP APIs" and "Monitor
    /// WebSocket API execution with CloudWatch metrics"; EC2 User Guide,
    /// "CloudWatch metrics that are available for your instances"; SES Developer Guide, "Retrieving Amazon SES event data from
    /// CloudWatch".
    /// </summary>
    private static readonly Dictionary<string, (string[] Metrics, string[] Dimensions)> OfAws = new()
    {
        ["AWS/Lambda"] = (["Errors", "Throttles", "IteratorAge"], ["FunctionName"]),
        ["AWS/SQS"] = (["ApproximateAgeOfOldestMessage", "ApproximateNumberOfMessagesVisible"], ["QueueName"]),
        ["AWS/Kinesis"] = (["PutRecords.ThrottledRecords"], ["StreamName"]),
        ["AWS/DynamoDB"] = (["WriteThrottleEvents"], ["TableName", "GlobalSecondaryIndexName"]),
        ["AWS/ApiGateway"] = (["5xx", "ExecutionError"], ["ApiId"]),
        ["AWS/EC2"] = (["StatusCheckFailed_Instance", "StatusCheckFailed_System"], ["InstanceId"]),
        ["AWS/SES"] = (["Reputation.BounceRate", "Reputation.ComplaintRate"], []),
    };

    /// <summary>Which alarms wait for a metric that nothing reports, and why.</summary>
    public static IEnumerable<string> OnNothing(Cloud cloud) =>
        from alarm in cloud.Of("AWS::CloudWatch::Alarm")
        let fault = FaultOf(cloud, alarm)
        where fault is not null
        select $"{alarm.Path}: {fault}";

    private static string? FaultOf(Cloud cloud, Resource alarm)
    {
        var (space, metric) = ($"{alarm["Namespace"]}", $"{alarm["MetricName"]}");
        var dimensions = References.Listed(alarm["Dimensions"])
            .Select(one => (Name: one["Name"]!.ToString(), Value: one["Value"])).ToList();
        if (!space.StartsWith("AWS/", StringComparison.Ordinal))
            return IsReported(cloud, alarm, space, metric) ? null : $"nothing reports {space} {metric}";
        if (!OfAws.TryGetValue(space, out var known) || !known.Metrics.Contains(metric))
            return $"{space} has no metric {metric}";
        foreach (var (name, value) in dimensions)
        {
            if (!known.Dimensions.Contains(name)) return $"{space} {metric} has no dimension {name}";
            if (name != "GlobalSecondaryIndexName" && cloud.Target(alarm.Stack, value) is null)
                return $"{name} names nothing";
        }

        return known.Dimensions.Length > 0 && dimensions.Count == 0 ? $"{space} {metric} needs a dimension" : null;
    }

    /// <summary>By the function that a dimension names, in its settings; or by a script of an instance.</summary>
    private static bool IsReported(Cloud cloud, Resource alarm, string space, string metric)
    {
        var function = References.Listed(alarm["Dimensions"])
            .Where(one => one["Name"]!.ToString() == "FunctionName")
            .Select(one => cloud.Target(alarm.Stack, one["Value"])).FirstOrDefault();
        if (function is not null)
            return function["Environment"]?["Variables"] is JsonObject settings
                && settings["METRIC_NAMESPACE"]?.ToString() == space
                && settings.Any(one => one.Key != "METRIC_NAMESPACE"
                    && one.Key.Contains("METRIC", StringComparison.Ordinal) && one.Value!.ToString() == metric);
        return cloud.Of("AWS::EC2::Instance").Select(one => Scripts.Of(cloud, one)).Any(script =>
            script.Contains($"--namespace {space} ", StringComparison.Ordinal)
            && script.Contains($"MetricName={metric},", StringComparison.Ordinal));
    }
}
