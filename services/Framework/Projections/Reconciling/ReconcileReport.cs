using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Projections.Reconciling;

/// <summary>What was found and repaired in a number of streams.</summary>
/// <param name="Models">Every live read model.</param>
public sealed record ReconcileReport(
    long Streams,
    IReadOnlyList<ModelHealth> Models)
{
    /// <summary>True if every item has reached its stream's version, or soon will.</summary>
    public bool IsClean => Models.All(model => model.Stuck.Count == 0);

    internal static ReconcileReport Nothing(ReadModelCatalogue models) => new(0, [.. models.Models.Select(model => new ModelHealth(model.Name, 0, 0, 0, []))]);

    /// <summary>Adds the report of other streams.</summary>
    public ReconcileReport Plus(ReconcileReport other) => new(
        Streams + other.Streams,
        [.. Models.Select(model => other.Models.FirstOrDefault(one => one.Model == model.Model) is { } more ? model.Plus(more) : model)]);
}

/// <summary>Compares one read model's items with their streams' versions.</summary>
/// <param name="Items">The number of checked items, one per stream of the read model.</param>
/// <param name="OnTheWay">Items that lag for less than the grace period.</param>
/// <param name="Repaired">Items that lagged too long, and were brought to their streams' versions.</param>
/// <param name="Stuck">Items that lag too long, and could not be repaired.</param>
public sealed record ModelHealth(
    string Model,
    long Items,
    long OnTheWay,
    long Repaired,
    IReadOnlyList<StuckItem> Stuck)
{
    /// <summary>All items that lagged too long.</summary>
    public long Drifted => Repaired + Stuck.Count;

    internal ModelHealth Plus(ModelHealth other) => new(Model, Items + other.Items, OnTheWay + other.OnTheWay, Repaired + other.Repaired, [.. Stuck, .. other.Stuck]);
}

/// <summary>An item that could not be brought to its stream's version.</summary>
public sealed record StuckItem(
    StreamId Stream,
    long ItemVersion,
    long StreamVersion,
    string Reason);
