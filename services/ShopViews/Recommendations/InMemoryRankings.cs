using System.Collections.Concurrent;
using ServerlessCqrs.EventStore.Log;

namespace ServerlessCqrs.ShopViews.Recommendations;

/// <summary>Rankings in memory, with the guarantees of the stored ones.</summary>
public sealed class InMemoryRankings : IRankings
{
    private readonly ConcurrentDictionary<string, Ranking> _rankings = [];

    public Task<IReadOnlyList<RankedProduct>> FindAsync(string key, CancellationToken ct) => Task.FromResult(_rankings.GetValueOrDefault(key)?.Products ?? []);

    public IAsyncEnumerable<Ranking> ScanAsync(CancellationToken ct) => _rankings.Values.ToAsyncEnumerable();

    public Task SaveAsync(Ranking ranking, CancellationToken ct)
    {
        _rankings[ranking.Key] = ranking;
        return Task.CompletedTask;
    }

    public Task DeleteAsync(string key, CancellationToken ct)
    {
        _rankings.TryRemove(key, out _);
        return Task.CompletedTask;
    }
}
