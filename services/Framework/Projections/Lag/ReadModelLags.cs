using System.Collections.Concurrent;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.Projections.Live;

namespace ServerlessCqrs.Projections.Lag;

/// <summary>The lag of every read model that is alive.</summary>
/// <param name="recorder">Null to record no watermark: then each process begins at the last one that another has recorded.</param>
public sealed class ReadModelLags(LiveReadModels models, IEventHistory history, ILagWatermarks watermarks, ILagRecorder? recorder = null)
{
    private readonly ConcurrentDictionary<string, SyncLag> _lags = [];

    /// <summary>The lag of each now. Costs a query of the log and reads of the items for each: remember it for a second or so.</summary>
    public async Task<IReadOnlyList<LagReport>> ObserveAsync(CancellationToken ct) =>
        await Task.WhenAll((await models.NowAsync(ct)).Models.Select(model => _lags.GetOrAdd(model.Name, _ => new SyncLag(model, history, watermarks, recorder)).ObserveAsync(ct)));
}
