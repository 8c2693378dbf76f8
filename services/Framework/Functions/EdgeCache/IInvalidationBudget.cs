namespace ServerlessCqrs.Functions.EdgeCache;

/// <summary>Limits the number of paths to invalidate, because each path costs money.</summary>
public interface IInvalidationBudget
{
    /// <summary>
    /// Takes up to this many paths from the budget, and returns the number that it got. Paths that are taken but not
    /// used are not returned to the budget.
    /// </summary>
    Task<int> TakeAsync(int paths, CancellationToken ct);
}
