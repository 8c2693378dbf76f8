using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.Web.Health;

namespace ServerlessCqrs.Web;

/// <summary>
/// Opens the connections before the first request. A first call takes longer than requests wait for the read model,
/// which would then be answered from the event store.
/// </summary>
public sealed partial class WarmUp(ServedReadModel served, IEventHistory history, TimeProvider time, ILogger<WarmUp> logger) : IHostedService
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        await Task.WhenAll(
            TryAsync(() => served.ReadAsync(either.Token), either.Token),
            TryAsync(() => served.OpenAsync(either.Token), either.Token),
            TryAsync(() => history.ReadStreamsAsync([served.Nothing], HistoryBounds.Everything, either.Token), either.Token));
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // A dependency that is unavailable now fails the requests themselves.
    private async Task TryAsync(Func<Task> call, CancellationToken ct)
    {
        try
        {
            await call().WaitAsync(ct);
        }
        catch (Exception e)
        {
            LogCold(e.Message);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Started without a connection: {Reason}")]
    private partial void LogCold(string reason);
}
