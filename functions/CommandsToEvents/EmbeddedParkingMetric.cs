using ServerlessCqrs.EventStore.Writing;
using ServerlessCqrs.Lambda.Metrics;

namespace ServerlessCqrs.CommandsToEvents;

/// <summary>Parked commands as one of CloudWatch's embedded metrics.</summary>
internal sealed class EmbeddedParkingMetric(EmbeddedMetrics metrics, string name) : IParkingMetric
{
    public void Record(int commands) => metrics.Record([new EmbeddedMetric(name, "Count", commands)]);
}
