using System.Text.Json.Nodes;

namespace ServerlessCqrs.Lambda.Metrics;

/// <summary>
/// Writes CloudWatch's embedded metric format: a log line from which CloudWatch extracts metrics. It makes no call, so
/// nothing can fail or take time. Source:
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
/// </summary>
/// <param name="log">The output that CloudWatch reads: a Lambda's standard output, one line per event.</param>
/// <param name="function">The dimension <c>FunctionName</c> of every metric, which distinguishes the environments of an
/// account.</param>
public sealed class EmbeddedMetrics(TextWriter log, string metricNamespace, string function, TimeProvider clock)
{
    /// <param name="dimension">Another dimension and its value, or null for none.</param>
    /// <param name="also">Further fields of the line that are not metrics.</param>
    public void Record(IReadOnlyList<EmbeddedMetric> metrics, (string Name, string Value)? dimension = null, params IReadOnlyList<KeyValuePair<string, JsonNode>> also)
    {
        var line = new JsonObject
        {
            ["_aws"] = new JsonObject
            {
                ["Timestamp"] = clock.GetUtcNow().ToUnixTimeMilliseconds(),
                ["CloudWatchMetrics"] = new JsonArray(new JsonObject
                {
                    ["Namespace"] = metricNamespace,
                    ["Dimensions"] = new JsonArray(dimension is { } further ? new JsonArray("FunctionName", further.Name) : new JsonArray("FunctionName")),
                    ["Metrics"] = new JsonArray([.. metrics.Select(metric => new JsonObject { ["Name"] = metric.Name, ["Unit"] = metric.Unit })]),
                }),
            },
            ["FunctionName"] = function,
        };
        if (dimension is { } own) line[own.Name] = own.Value;
        foreach (var metric in metrics) line[metric.Name] = metric.Values is [var one] ? one : new JsonArray([.. metric.Values.Select(value => JsonValue.Create(value))]);
        foreach (var (name, value) in also) line[name] = value;
        log.WriteLine(line.ToJsonString());
    }
}

/// <summary>One metric of a line.</summary>
/// <param name="Unit">The unit as CloudWatch names it: Milliseconds, Count.</param>
/// <param name="Values">1 to 100 values.</param>
public sealed record EmbeddedMetric(
    string Name,
    string Unit,
    params IReadOnlyList<long> Values);
