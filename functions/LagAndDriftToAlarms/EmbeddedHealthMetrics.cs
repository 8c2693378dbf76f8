using ServerlessCqrs.Lambda.Metrics;
using ServerlessCqrs.Projections.Reconciling;

namespace ServerlessCqrs.LagAndDriftToAlarms;

/// <summary>The health of the read models as CloudWatch's embedded metrics: the lag of each, which has its name as the dimension <c>ReadModel</c>, and drift and stuck items of all together.</summary>
public sealed class EmbeddedHealthMetrics(EmbeddedMetrics metrics, string lag, string drift, string stuck) : IHealthMetrics
{
    public void RecordLag(string model, IReadOnlyList<long> lagMs) => metrics.Record([new EmbeddedMetric(lag, "Milliseconds", lagMs)], ("ReadModel", model));

    public void RecordDrift(ReconcileReport report) => metrics.Record(
    [
        new EmbeddedMetric(drift, "Count", report.Models.Sum(model => model.Drifted)),
        new EmbeddedMetric(stuck, "Count", report.Models.Sum(model => (long)model.Stuck.Count)),
    ]);
}
