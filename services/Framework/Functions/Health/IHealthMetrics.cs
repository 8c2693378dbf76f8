using ServerlessCqrs.Projections.Reconciling;

namespace ServerlessCqrs.Functions.Health;

public interface IHealthMetrics
{
    /// <summary>Records one read model's lag samples, in milliseconds.</summary>
    void RecordLag(string model, IReadOnlyList<long> lagMs);

    /// <summary>Records how many items of the slice lagged too long, and how many could not be repaired.</summary>
    void RecordDrift(ReconcileReport report);
}
