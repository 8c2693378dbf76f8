namespace ServerlessCqrs.Topology;

/// <summary>The alarms for operators.</summary>
public sealed record Watch
{
    /// <summary>Read models and queues that are further behind need someone to look.</summary>
    public required TimeSpan LagLimit { get; init; }

    /// <summary>How many commands the consumer parked because newer code wrote them.</summary>
    public required Metric Parked { get; init; }

    /// <summary>Null for a system without one.</summary>
    public Canary? Canary { get; init; }

    /// <summary>Null for a system without one.</summary>
    public Reconciliation? Reconciliation { get; init; }
}

/// <summary>A function that writes on a schedule, and measures how long it takes until it can read what it wrote.</summary>
public sealed record Canary(
    Function Function,
    Metric Lag);

/// <summary>A function that looks for items of read models that are behind, and repairs them.</summary>
/// <param name="ReadModels">The tables with an item for each stream.</param>
/// <param name="Lag">How far each read model is behind the log; it has a dimension <c>ReadModel</c>, its table's name.</param>
/// <param name="Drift">How many items were behind for too long.</param>
/// <param name="Stuck">How many of them it could not repair.</param>
public sealed record Reconciliation(
    Function Function,
    IReadOnlyList<Table> ReadModels,
    Metric Lag,
    Metric Drift,
    Metric Stuck);
