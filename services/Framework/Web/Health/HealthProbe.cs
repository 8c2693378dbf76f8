using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.Streams;
using ServerlessCqrs.Web.Degradation;

namespace ServerlessCqrs.Web.Health;

/// <summary>
/// Probes the service's dependencies at most once a second, through the requests' circuits. A successful probe closes a
/// circuit.
/// </summary>
public sealed class HealthProbe(ServedReadModel served, GuardedTips tips, GuardedLog log, Dependencies dependencies, TimeProvider time) : IDisposable
{
    private readonly Remembered<HealthBody> _health = new(TimeSpan.FromSeconds(1), time);

    public Task<HealthBody> LookAsync(CancellationToken ct) => _health.GetAsync(ProbeAsync, ct);

    public void Dispose() => _health.Dispose();

    private async Task<HealthBody> ProbeAsync(CancellationToken ct)
    {
        var answers = await Task.WhenAll(
            AnswersAsync(() => served.Circuit.CallAsync(ReadAsync, ct)),
            AnswersAsync(() => tips.LoadAsync([served.Nothing], ct)),
            AnswersAsync(() => log.ReadStreamsAsync([served.Nothing], HistoryBounds.Everything, ct)));
        var (readModel, tip, history) = (answers[0], answers[1], answers[2]);
        return new HealthBody(
            !readModel && !history ? "unavailable" : readModel && tip && history ? "ok" : "degraded",
            new SortedDictionary<string, string>
            {
                [served.Circuit.Name] = NameOf(readModel),
                [dependencies.Tips.Name] = NameOf(tip),
                [dependencies.Log.Name] = NameOf(history),
            });
    }

    private async Task<bool> ReadAsync(CancellationToken ct)
    {
        await served.ReadAsync(ct);
        return true;
    }

    private static string NameOf(bool answers) => answers ? "ok" : "away";

    private static async Task<bool> AnswersAsync<T>(Func<Task<T>> call)
    {
        try
        {
            await call();
            return true;
        }
        catch (DependencyAwayException)
        {
            return false;
        }
    }
}
