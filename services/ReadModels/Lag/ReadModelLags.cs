using ServerlessCqrs.EventStore.Log;

namespace ServerlessCqrs.ReadModels.Lag;

/// <summary>The lag of every read model.</summary>
public sealed class ReadModelLags(ReadModelCatalogue models, IEventHistory history, ILagWatermarks watermarks, TimeProvider time)
{
    private readonly SyncLag[] _lags = [.. models.Models.Select(model => new SyncLag(model, history, watermarks, time))];

    /// <summary>The lag of each now. Costs a query of the log and reads of the items for each: remember it for a second or so.</summary>
    public async Task<IReadOnlyList<LagReport>> ObserveAsync(CancellationToken ct) => await Task.WhenAll(_lags.Select(lag => lag.ObserveAsync(ct)));
}
