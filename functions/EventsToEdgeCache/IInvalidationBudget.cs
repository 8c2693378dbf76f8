namespace ServerlessCqrs.EventsToEdgeCache;

/// <summary>How much may be invalidated: each path costs.</summary>
public interface IInvalidationBudget
{
    /// <summary>Takes up to this many paths from the budget, and returns how many it got. They are spent, used or not.</summary>
    Task<int> TakeAsync(int paths, CancellationToken ct);
}
