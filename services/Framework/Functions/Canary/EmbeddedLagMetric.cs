using ServerlessCqrs.Lambda.Metrics;

namespace ServerlessCqrs.Functions.Canary;

/// <summary>Records the lag in milliseconds as an embedded metric of CloudWatch.</summary>
public sealed class EmbeddedLagMetric(EmbeddedMetrics metrics, string name) : ILagMetric
{
    public void Record(TimeSpan lag, bool isSeen) => metrics.Record([new EmbeddedMetric(name, "Milliseconds", (long)lag.TotalMilliseconds)], dimension: null, KeyValuePair.Create("Seen", (System.Text.Json.Nodes.JsonNode)isSeen));
}
