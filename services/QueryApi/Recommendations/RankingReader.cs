using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.QueryApi.Products;
using ServerlessCqrs.ShopViews.Products;
using ServerlessCqrs.ShopViews.Recommendations;
using ServerlessCqrs.Web.Degradation;

namespace ServerlessCqrs.QueryApi.Recommendations;

/// <summary>Reads the rankings of what was sold, with what lists show of each product; what was taken off sale since is left out.</summary>
public sealed class RankingReader(SalesRankings rankings, ProductVersions versions, ReadModelCircuits circuits)
{
    /// <summary>What was bought together with a product.</summary>
    /// <exception cref="DependencyAwayException">Rankings or products cannot be read.</exception>
    public Task<IReadOnlyList<(ProductSummary Product, long Count)>> BoughtTogetherAsync(Guid product, int limit, CancellationToken ct) => ReadAsync(rankings.BoughtTogether, SalesRankings.KeyOf(product), limit, ct);

    /// <summary>What sold best in a category; null for all.</summary>
    /// <inheritdoc cref="BoughtTogetherAsync"/>
    public Task<IReadOnlyList<(ProductSummary Product, long Count)>> BestSellersAsync(string? category, int limit, CancellationToken ct) => ReadAsync(rankings.BestSellers, SalesRankings.KeyOf(category), limit, ct);

    private async Task<IReadOnlyList<(ProductSummary Product, long Count)>> ReadAsync(IRankings ranking, string key, int limit, CancellationToken ct)
    {
        var ranked = await circuits.Recommendations.CallAsync(token => ranking.FindAsync(key, token), ct);
        if (ranked.Count == 0) return [];
        var catalogue = (await versions.OfAnyoneAsync()).Catalogue;
        var summaries = await circuits.Lists.CallAsync(token => catalogue.SummariesAsync([.. ranked.Select(product => product.ProductId)], token), ct);
        if (summaries.Count < ranked.Count) versions.EnsureKnown();
        return [.. ranked.Where(product => summaries.ContainsKey(product.ProductId)).Take(limit).Select(product => (summaries[product.ProductId], product.Count))];
    }
}
