namespace ServerlessCqrs.EventsToEdgeCache;

/// <summary>How much may be invalidated: each path costs.</summary>
public interface IInvalidationBudget
{
    /// <summary>Takes up to so many paths from the hour's budget and returns how many it gave. What was taken is spent, used or not.</summary>
    Task<int> TakeAsync(int paths, CancellationToken ct);
}
