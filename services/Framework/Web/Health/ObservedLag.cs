using ServerlessCqrs.Projections.Lag;
using ServerlessCqrs.Web.Degradation;

namespace ServerlessCqrs.Web.Health;

/// <summary>The lag of each read model, measured at most once a second.</summary>
public sealed partial class ObservedLag(ReadModelLags lags, TimeProvider time, ILogger<ObservedLag> logger) : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private readonly Remembered<SyncLagBody> _lag = new(TimeSpan.FromSeconds(1), time);

    /// <exception cref="DependencyAwayException">Log or read model cannot be read, or not in time, so the lag is
    /// unknown.</exception>
    public Task<SyncLagBody> LookAsync(CancellationToken ct) => _lag.GetAsync(ObserveAsync, ct);

    public void Dispose() => _lag.Dispose();

    private async Task<SyncLagBody> ObserveAsync(CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
        try
        {
            var reports = await lags.ObserveAsync(either.Token).WaitAsync(either.Token);
            return new SyncLagBody(reports.ToDictionary(report => report.Name, report => new ReadModelLag(report.LagMs, report.BehindStreams, report.Oldest?.ToString())));
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            LogUnknown(e);
            throw new DependencyAwayException("sync-lag", e);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The lag of the read models cannot be observed.")]
    private partial void LogUnknown(Exception e);
}
