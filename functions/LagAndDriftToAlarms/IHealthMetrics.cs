using ServerlessCqrs.Projections.Reconciling;

namespace ServerlessCqrs.LagAndDriftToAlarms;

/// <summary>Where the health of the read models is recorded.</summary>
public interface IHealthMetrics
{
    /// <summary>One read model's lag, in milliseconds, as it was observed some times in a row.</summary>
    void RecordLag(string model, IReadOnlyList<long> lagMs);

    /// <summary>What was behind for too long, and what could not be repaired, in the slice that was looked at.</summary>
    void RecordDrift(ReconcileReport report);
}
