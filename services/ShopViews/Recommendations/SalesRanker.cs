using ServerlessCqrs.EventStore.Log;

namespace ServerlessCqrs.ShopViews.Recommendations;

/// <summary>Computes from the whole log what was bought together and what sold best, and stores what changed. It can fail anywhere: the checkpoint comes last, so that whoever comes next does it again.</summary>
/// <param name="window">How far back orders count, in whole days (UTC): so the rankings change with the days, and not with every look.</param>
public sealed class SalesRanker(
    ISalesHistory history,
    SalesRankings rankings,
    IRankingCheckpoint checkpoint,
    TimeSpan window,
    TimeProvider clock)
{
    /// <summary>Ranks what this log holds.</summary>
    public static SalesRanker Over(ClickHouseDatabase log, SalesRankings rankings, IRankingCheckpoint checkpoint, TimeSpan window, TimeProvider clock) =>
        new(new ClickHouseSalesHistory(log), rankings, checkpoint, window, clock);

    /// <summary>Null where nothing that matters has reached the log since the last time: it looks at that and no more.</summary>
    public async Task<RankingReport?> RankAsync(CancellationToken ct)
    {
        var last = await checkpoint.FindAsync(ct);
        var next = await MarkAsync(last?.Mark, ct);
        return next == last ? null : await RankAsync(next, ct);
    }

    /// <summary>Whatever was ranked before: puts right what is stored, and makes it again where it is gone.</summary>
    public async Task<RankingReport> RankAnewAsync(CancellationToken ct) => await RankAsync(await MarkAsync(last: null, ct), ct);

    private async Task<RankedHistory> MarkAsync(SalesMark? last, CancellationToken ct) =>
        new(new DateTimeOffset((clock.GetUtcNow() - window).UtcDateTime.Date, TimeSpan.Zero), await history.MarkAsync(last, ct));

    /// <param name="next">Taken before the log is read: what arrives meanwhile is another mark the next time.</param>
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

/// <summary>How many rankings were written because they were others, and removed because they are no more.</summary>
public sealed record RankingReport(
    (int Written, int Removed) BoughtTogether,
    (int Written, int Removed) BestSellers);
