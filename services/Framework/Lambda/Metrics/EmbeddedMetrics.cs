using System.Text.Json.Nodes;

namespace ServerlessCqrs.Lambda.Metrics;

/// <summary>
/// CloudWatch's embedded metric format: a line of the log, of which CloudWatch itself makes metrics. No call, so nothing that could fail or take time.
/// Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
/// </summary>
/// <param name="log">What CloudWatch reads: a Lambda's standard output, a line an event.</param>
/// <param name="function">The dimension <c>FunctionName</c> of every metric: it tells an account's environments apart.</param>
public sealed class EmbeddedMetrics(TextWriter log, string metricNamespace, string function, TimeProvider clock)
{
    /// <summary>Writes one line.</summary>
    /// <param name="dimension">A further dimension and its value; null for none.</param>
    /// <param name="also">What the line says besides, and is no metric.</param>
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

/// <summary>A metric in one line.</summary>
/// <param name="Unit">As CloudWatch names it: Milliseconds, Count.</param>
/// <param name="Values">1 to 100 of them.</param>
public sealed record EmbeddedMetric(
    string Name,
    string Unit,
    params IReadOnlyList<long> Values);
