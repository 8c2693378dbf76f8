using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Projections.Reconciling;

/// <summary>What was found, and put right, of so many streams.</summary>
/// <param name="Models">Every read model that is alive.</param>
public sealed record ReconcileReport(
    long Streams,
    IReadOnlyList<ModelHealth> Models)
{
    /// <summary>Whether every item is at its stream's version, or on its way there.</summary>
    public bool IsClean => Models.All(model => model.Stuck.Count == 0);

    internal static ReconcileReport Nothing(ReadModelCatalogue models) => new(0, [.. models.Models.Select(model => new ModelHealth(model.Name, 0, 0, 0, []))]);

    /// <summary>Both together, of other streams.</summary>
    public ReconcileReport Plus(ReconcileReport other) => new(
        Streams + other.Streams,
        [.. Models.Select(model => other.Models.FirstOrDefault(one => one.Model == model.Model) is { } more ? model.Plus(more) : model)]);
}

/// <summary>How one read model's items stood to their streams' versions.</summary>
/// <param name="Items">How many were looked at: one for each stream that it follows.</param>
/// <param name="OnTheWay">Behind, but not for long.</param>
/// <param name="Repaired">Behind for too long, and brought to their streams' version.</param>
/// <param name="Stuck">Behind for too long, and they could not be brought there.</param>
public sealed record ModelHealth(
    string Model,
    long Items,
    long OnTheWay,
    long Repaired,
    IReadOnlyList<StuckItem> Stuck)
{
    /// <summary>All that were behind for too long.</summary>
    public long Drifted => Repaired + Stuck.Count;

    internal ModelHealth Plus(ModelHealth other) => new(Model, Items + other.Items, OnTheWay + other.OnTheWay, Repaired + other.Repaired, [.. Stuck, .. other.Stuck]);
}

/// <summary>An item that could not be brought to its stream's version.</summary>
public sealed record StuckItem(
    StreamId Stream,
    long ItemVersion,
    long StreamVersion,
    string Reason);
