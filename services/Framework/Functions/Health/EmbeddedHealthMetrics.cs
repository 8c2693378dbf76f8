using ServerlessCqrs.Lambda.Metrics;
using ServerlessCqrs.Projections.Reconciling;

namespace ServerlessCqrs.Functions.Health;

/// <summary>
/// Records the read models' health as embedded metrics of CloudWatch. The lag has the dimension <c>ReadModel</c> with
/// the model's name. Drift and stuck items are sums over all models.
/// </summary>
public sealed class EmbeddedHealthMetrics(EmbeddedMetrics metrics, string lag, string drift, string stuck) : IHealthMetrics
{
    public void RecordLag(string model, IReadOnlyList<long> lagMs) => metrics.Record([new EmbeddedMetric(lag, "Milliseconds", lagMs)], ("ReadModel", model));

    public void RecordDrift(ReconcileReport report) => metrics.Record(
    [
        new EmbeddedMetric(drift, "Count", report.Models.Sum(model => model.Drifted)),
        new EmbeddedMetric(stuck, "Count", report.Models.Sum(model => (long)model.Stuck.Count)),
    ]);
}
