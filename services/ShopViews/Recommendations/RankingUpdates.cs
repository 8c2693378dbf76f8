using System.Collections.Concurrent;

namespace ServerlessCqrs.ShopViews.Recommendations;

/// <summary>Updates stored rankings with computed ones.</summary>
public static class RankingUpdates
{
    /// <summary>Enough to write a whole catalogue within seconds.</summary>
    private const int Concurrency = 16;

    /// <summary>
    /// Writes the rankings that changed, removes those that no longer exist, and leaves the others alone. Returns how
    /// many it wrote and removed. It can be stopped at any point and repeated.
    /// </summary>
    public static async Task<(int Written, int Removed)> ReplaceAsync(this IRankings stored, IAsyncEnumerable<Ranking> computed, CancellationToken ct)
    {
        var before = new ConcurrentDictionary<string, Ranking>(await stored.ScanAsync(ct).ToDictionaryAsync(ranking => ranking.Key, cancellationToken: ct));
        var options = new ParallelOptions { MaxDegreeOfParallelism = Concurrency, CancellationToken = ct };
        var written = 0;
        await Parallel.ForEachAsync(computed, options, async (ranking, token) =>
        {
            if (before.TryRemove(ranking.Key, out var old) && old.Products.SequenceEqual(ranking.Products)) return;
            await stored.SaveAsync(ranking, token);
            Interlocked.Increment(ref written);
        });
        await Parallel.ForEachAsync(before.Keys, options, async (key, token) => await stored.DeleteAsync(key, token));
        return (written, before.Count);
    }
}
