using Microsoft.Extensions.Logging;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.Lambda;
using ServerlessCqrs.ReadModels.Recommendations;

namespace ServerlessCqrs.HistoryToRecommendations;

/// <summary>
/// Computes from the whole log what was bought together and what sold best, and stores what changed. Where nothing that matters has reached the log since the last time, it looks at that and no more. It can fail anywhere: the checkpoint
/// comes last, so the next tick does it again.
/// </summary>
/// <param name="window">How far back orders count, in whole days (UTC): so the rankings change with the days, and not with every tick.</param>
public sealed partial class RecommendationsHandler(
    ISalesHistory history,
    SalesRankings rankings,
    IRankingCheckpoint checkpoint,
    TimeSpan window,
    TimeProvider clock,
    ILogger<RecommendationsHandler> log) : IScheduledHandler
{
    public async Task HandleAsync(ScheduledEvent tick, InvocationContext context, CancellationToken ct)
    {
        var last = await checkpoint.FindAsync(ct);
        var since = new DateTimeOffset((clock.GetUtcNow() - window).UtcDateTime.Date, TimeSpan.Zero);

        // Before the log is read: what arrives meanwhile is another mark the next time.
        var next = new RankedHistory(since, await history.MarkAsync(last?.Mark, ct));
        if (next == last) return;

        var together = await rankings.BoughtTogether.ReplaceAsync(
            history.ReadBoughtTogetherAsync(since, SalesRankings.MostOthers, ct).Select(bought => new Ranking(SalesRankings.KeyOf(bought.Product), bought.Others)),
            ct);
        var best = await rankings.BestSellers.ReplaceAsync(
            history.ReadBestSellersAsync(since, SalesRankings.MostBestSellers, ct).Select(sold => new Ranking(SalesRankings.KeyOf(sold.Category), sold.Products)),
            ct);
        await checkpoint.SaveAsync(next, ct);
        LogRanked(together.Written, together.Removed, best.Written, best.Removed);
    }

    [LoggerMessage(1, LogLevel.Information, "Recommendations: {Written} written, {Removed} removed; best sellers: {BestWritten} written, {BestRemoved} removed.")]
    private partial void LogRanked(int written, int removed, int bestWritten, int bestRemoved);
}
