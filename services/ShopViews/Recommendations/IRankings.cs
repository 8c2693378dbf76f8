using ServerlessCqrs.EventStore.Log;

namespace ServerlessCqrs.ShopViews.Recommendations;

/// <summary>
/// Stores products ranked by a count under a key. A ranking is computed from the whole history and stored whole, not
/// updated by single events.
/// </summary>
public interface IRankings
{
    /// <summary>Returns the ranking under a key, or an empty one. The read may lag behind a save.</summary>
    Task<IReadOnlyList<RankedProduct>> FindAsync(string key, CancellationToken ct);

    /// <summary>Streams every ranking in no particular order.</summary>
    IAsyncEnumerable<Ranking> ScanAsync(CancellationToken ct);

    /// <summary>Saves a ranking, and replaces the previous one.</summary>
    Task SaveAsync(Ranking ranking, CancellationToken ct);

    Task DeleteAsync(string key, CancellationToken ct);
}

/// <summary>A ranking and its key.</summary>
/// <param name="Products">The products, the first rank first.</param>
public sealed record Ranking(
    string Key,
    IReadOnlyList<RankedProduct> Products);
