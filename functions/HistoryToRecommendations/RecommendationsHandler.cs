using Microsoft.Extensions.Logging;
using ServerlessCqrs.Lambda;
using ServerlessCqrs.ShopViews.Recommendations;

namespace ServerlessCqrs.HistoryToRecommendations;

/// <summary>Ranks the sales at each tick if there are new ones.</summary>
public sealed partial class RecommendationsHandler(
    SalesRanker ranker,
    ILogger<RecommendationsHandler> log) : IScheduledHandler
{
    public async Task HandleAsync(ScheduledEvent tick, InvocationContext context, CancellationToken ct)
    {
        if (await ranker.RankAsync(ct) is { } ranked) LogRanked(ranked.BoughtTogether.Written, ranked.BoughtTogether.Removed, ranked.BestSellers.Written, ranked.BestSellers.Removed);
    }

    [LoggerMessage(1, LogLevel.Information, "Recommendations: {Written} written, {Removed} removed; best sellers: {BestWritten} written, {BestRemoved} removed.")]
    private partial void LogRanked(int written, int removed, int bestWritten, int bestRemoved);
}
