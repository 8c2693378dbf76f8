using ServerlessCqrs.EventStore.Log;

namespace ServerlessCqrs.ShopViews.Recommendations;

/// <summary>
/// Computes from the whole log which products were bought together and which sold best, and stores what changed. It
/// saves the checkpoint last, so a run that fails is repeated.
/// </summary>
/// <param name="window">How far back orders count, in whole days (UTC). So the rankings change once a day without new
/// orders, and not on every run.</param>
public sealed class SalesRanker(
    ISalesHistory history,
    SalesRankings rankings,
    IRankingCheckpoint checkpoint,
    TimeSpan window,
    TimeProvider clock)
{
    /// <summary>Creates a ranker of this log.</summary>
    public static SalesRanker Over(ClickHouseDatabase log, SalesRankings rankings, IRankingCheckpoint checkpoint, TimeSpan window, TimeProvider clock) =>
        new(new ClickHouseSalesHistory(log), rankings, checkpoint, window, clock);

    /// <summary>
    /// Ranks if a relevant event reached the log since the last run, and returns null otherwise. It checks only new
    /// arrivals.
    /// </summary>
    public async Task<RankingReport?> RankAsync(CancellationToken ct)
    {
        var last = await checkpoint.FindAsync(ct);
        var next = await MarkAsync(last?.Mark, ct);
        return next == last ? null : await RankAsync(next, ct);
    }

    /// <summary>Ranks regardless of the last run. This repairs what is stored, and recreates what is missing.</summary>
    public async Task<RankingReport> RankAnewAsync(CancellationToken ct) => await RankAsync(await MarkAsync(last: null, ct), ct);

    private async Task<RankedHistory> MarkAsync(SalesMark? last, CancellationToken ct) =>
        new(new DateTimeOffset((clock.GetUtcNow() - window).UtcDateTime.Date, TimeSpan.Zero), await history.MarkAsync(last, ct));

    /// <param name="next">Taken before the log is read, so that later arrivals change the next mark.</param>
    private async Task<RankingReport> RankAsync(RankedHistory next, CancellationToken ct)
    {
        var together = await rankings.BoughtTogether.ReplaceAsync(
            history.ReadBoughtTogetherAsync(next.Since, SalesRankings.MostOthers, ct).Select(bought => new Ranking(SalesRankings.KeyOf(bought.Product), bought.Others)),
            ct);
        var best = await rankings.BestSellers.ReplaceAsync(
            history.ReadBestSellersAsync(next.Since, SalesRankings.MostBestSellers, ct).Select(sold => new Ranking(SalesRankings.KeyOf(sold.Category), sold.Products)),
            ct);
        await checkpoint.SaveAsync(next, ct);
        return new RankingReport(together, best);
    }
}

/// <summary>
/// The number of rankings that were written because they changed, and removed because they no longer exist.
/// </summary>
public sealed record RankingReport(
    (int Written, int Removed) BoughtTogether,
    (int Written, int Removed) BestSellers);
