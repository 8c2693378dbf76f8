using ServerlessCqrs.EventStore.Log;

namespace ServerlessCqrs.ShopViews.Recommendations;

/// <summary>Products in the order of a count, under a key. What is computed from the whole history is stored whole: nothing here follows single events.</summary>
public interface IRankings
{
    /// <summary>The ranking under a key; empty where there is none. It may be a moment behind what was saved.</summary>
    Task<IReadOnlyList<RankedProduct>> FindAsync(string key, CancellationToken ct);

    /// <summary>Every ranking, in no order, streamed.</summary>
    IAsyncEnumerable<Ranking> ScanAsync(CancellationToken ct);

    /// <summary>Stores a ranking in place of the one there was.</summary>
    Task SaveAsync(Ranking ranking, CancellationToken ct);

    Task DeleteAsync(string key, CancellationToken ct);
}

/// <summary>A ranking, and what it is of.</summary>
/// <param name="Products">The first one first.</param>
public sealed record Ranking(
    string Key,
    IReadOnlyList<RankedProduct> Products);
