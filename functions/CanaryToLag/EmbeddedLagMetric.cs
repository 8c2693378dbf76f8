using System.Text.Json.Nodes;

namespace ServerlessCqrs.CanaryToLag;

/// <summary>
/// CloudWatch's embedded metric format: a line of the log, of which CloudWatch itself makes a metric, in milliseconds. No call, so nothing that could fail or take time.
/// Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
/// </summary>
/// <param name="log">What CloudWatch reads: a Lambda's standard output, a line an event.</param>
/// <param name="function">The metric's one dimension, <c>FunctionName</c>: it tells an account's environments apart.</param>
public sealed class EmbeddedLagMetric(TextWriter log, string metricNamespace, string name, string function, TimeProvider clock) : ILagMetric
{
    public void Record(TimeSpan lag, bool isSeen)
    {
        var directive = new JsonObject
        {
            ["Namespace"] = metricNamespace,
            ["Dimensions"] = new JsonArray(new JsonArray("FunctionName")),
            ["Metrics"] = new JsonArray(new JsonObject { ["Name"] = name, ["Unit"] = "Milliseconds" }),
        };
        var line = new JsonObject
        {
            ["_aws"] = new JsonObject
            {
                ["Timestamp"] = clock.GetUtcNow().ToUnixTimeMilliseconds(),
                ["CloudWatchMetrics"] = new JsonArray(directive),
            },
            ["FunctionName"] = function,
            [name] = (long)lag.TotalMilliseconds,
            ["Seen"] = isSeen,
        };
        log.WriteLine(line.ToJsonString());
    }
}
