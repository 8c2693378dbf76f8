namespace ServerlessCqrs.Topology;

/// <summary>The alarms for operators.</summary>
public sealed record Watch
{
    /// <summary>The lag of a read model or the age of a queue at which an alarm fires.</summary>
    public required TimeSpan LagLimit { get; init; }

    /// <summary>The number of commands that the consumer parked because newer code wrote them.</summary>
    public required Metric Parked { get; init; }

    /// <summary>Null if the system has none.</summary>
    public Canary? Canary { get; init; }

    /// <summary>Null if the system has none.</summary>
    public Reconciliation? Reconciliation { get; init; }
}

/// <summary>A function that writes on a schedule and measures the time until it can read the write.</summary>
public sealed record Canary(
    Function Function,
    Metric Lag);

/// <summary>A function that finds items of read models that are behind, and repairs them.</summary>
/// <param name="ReadModels">The tables with one item per stream.</param>
/// <param name="Lag">The lag of each read model behind the log. Its dimension <c>ReadModel</c> is the table's
/// name.</param>
/// <param name="Drift">The number of items that were behind for too long.</param>
/// <param name="Stuck">The number of items that could not be repaired.</param>
public sealed record Reconciliation(
    Function Function,
    IReadOnlyList<Table> ReadModels,
    Metric Lag,
    Metric Drift,
    Metric Stuck);
