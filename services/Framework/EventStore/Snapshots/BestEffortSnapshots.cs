using Microsoft.Extensions.Logging;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Snapshots;

/// <summary>
/// Logs a failure to save snapshots instead of throwing, for callers whose work must go on. A rebuild of the streams
/// creates the snapshots later.
/// </summary>
public sealed partial class BestEffortSnapshots(ISnapshots inner, ILogger<BestEffortSnapshots> logger) : ISnapshots
{
    public int Every => inner.Every;

    public Task<IReadOnlyDictionary<StreamId, Snapshot>> FindAsync(string fold, IReadOnlyCollection<StreamId> streams, HistoryBounds bounds, CancellationToken ct) => inner.FindAsync(fold, streams, bounds, ct);

    public Task<IReadOnlyList<Snapshot>> ReadAsync(string fold, IReadOnlyCollection<StreamId> streams, CancellationToken ct) => inner.ReadAsync(fold, streams, ct);

    public async Task SaveAsync(string fold, IReadOnlyCollection<Snapshot> snapshots, CancellationToken ct)
    {
        try
        {
            await inner.SaveAsync(fold, snapshots, ct);
        }
        catch (EventLogException e)
        {
            LogNotKept(logger, snapshots.Count, fold, e);
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Count} snapshots of {Fold} were not saved. Reading these past documents takes longer until a rebuild saves them.")]
    private static partial void LogNotKept(ILogger logger, int count, string fold, Exception e);
}
