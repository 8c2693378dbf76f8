using System.Collections.Concurrent;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.Projections.Live;

namespace ServerlessCqrs.Projections.Lag;

/// <summary>Measures the lag of every live read model.</summary>
/// <param name="recorder">Null to record no watermark. Then each process starts at the last recorded one.</param>
public sealed class ReadModelLags(LiveReadModels models, IEventHistory history, ILagWatermarks watermarks, ILagRecorder? recorder = null)
{
    private readonly ConcurrentDictionary<string, SyncLag> _lags = [];

    /// <summary>
    /// Returns the current lag of each. It costs a query of the log and reads of items per read model, so cache it for
    /// a second.
    /// </summary>
    public async Task<IReadOnlyList<LagReport>> ObserveAsync(CancellationToken ct) =>
        await Task.WhenAll((await models.NowAsync(ct)).Models.Select(model => _lags.GetOrAdd(model.Name, _ => new SyncLag(model, history, watermarks, recorder)).ObserveAsync(ct)));
}
