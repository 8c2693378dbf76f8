using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.Projections;
using ServerlessCqrs.QueryApi.Degradation;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.ShopViews.Products;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.QueryApi.Health;

/// <summary>Asks what the service reads from whether it answers, through the circuits that requests use: a probe that succeeds closes one. Asks at most once a second.</summary>
public sealed class HealthProbe(IReadModel<ProductDocument> products, GuardedTips tips, GuardedLog log, Dependencies dependencies, TimeProvider time) : IDisposable
{
    /// <summary>No product has it: reading it costs least.</summary>
    private static readonly StreamId Nothing = ProductStreams.IdOf(Guid.Empty);

    private readonly Remembered<HealthBody> _health = new(TimeSpan.FromSeconds(1), time);

    public Task<HealthBody> LookAsync(CancellationToken ct) => _health.GetAsync(ProbeAsync, ct);

    public void Dispose() => _health.Dispose();

    private async Task<HealthBody> ProbeAsync(CancellationToken ct)
    {
        var answers = await Task.WhenAll(
            AnswersAsync(() => dependencies.Products.CallAsync(token => products.LoadAsync([Nothing], token), ct)),
            AnswersAsync(() => tips.LoadAsync([Nothing], ct)),
            AnswersAsync(() => log.ReadStreamsAsync([Nothing], HistoryBounds.Everything, ct)));
        var (readModel, tip, history) = (answers[0], answers[1], answers[2]);
        return new HealthBody(
            !readModel && !history ? "unavailable" : readModel && tip && history ? "ok" : "degraded",
            new SortedDictionary<string, string>
            {
                [dependencies.Products.Name] = NameOf(readModel),
                [dependencies.Tips.Name] = NameOf(tip),
                [dependencies.Log.Name] = NameOf(history),
            });
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
