using ServerlessCqrs.EventStore.Writing;
using ServerlessCqrs.Lambda.Metrics;

namespace ServerlessCqrs.Functions.Writing;

/// <summary>Records the number of parked commands as an embedded metric of CloudWatch.</summary>
internal sealed class EmbeddedParkingMetric(EmbeddedMetrics metrics, string name) : IParkingMetric
{
    public void Record(int commands) => metrics.Record([new EmbeddedMetric(name, "Count", commands)]);
}
