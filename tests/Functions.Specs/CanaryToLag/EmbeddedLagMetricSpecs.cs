using System.Text.Json.Nodes;
using ServerlessCqrs.Functions.Canary;
using ServerlessCqrs.Functions.Specs.Given;
using ServerlessCqrs.Lambda.Metrics;

namespace ServerlessCqrs.Functions.Specs.CanaryToLag;

public sealed class EmbeddedLagMetricSpecs
{
    [Fact]
    public void The_line_is_the_one_that_CloudWatch_makes_a_metric_of()
    {
        using var log = new StringWriter();

        new EmbeddedLagMetric(new EmbeddedMetrics(log, "Shop", "canary-function", new AdvancingClock()), "Lag").Record(TimeSpan.FromMilliseconds(1234.5), isSeen: true);

        var line = log.ToString();
        Assert.Equal(line.Length, line.IndexOf('\n', StringComparison.Ordinal) + 1);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(line), JsonNode.Parse("""
            {
              "_aws": {
                "Timestamp": 1795428000000,
                "CloudWatchMetrics": [{ "Namespace": "Shop", "Dimensions": [["FunctionName"]], "Metrics": [{ "Name": "Lag", "Unit": "Milliseconds" }] }]
              },
              "FunctionName": "canary-function",
              "Lag": 1234,
              "Seen": true
            }
            """)), line);
    }
}
