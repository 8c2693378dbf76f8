using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Following;

/// <summary>Reads the streams that have hints, for handlers that treat a hint as all events of its stream.</summary>
public sealed class HintedStreams(StreamReader reader)
{
    /// <summary>
    /// Returns the batches, a hinted one with every event of its stream, and the error of each stream that could not be
    /// read. A stream with a gap in its history fails alone.
    /// </summary>
    public async Task<(IReadOnlyList<StreamBatch> Whole, Dictionary<StreamId, Exception> Errors)> ReadAsync(IReadOnlyList<StreamBatch> streams, CancellationToken ct)
    {
        var hinted = await reader.ReadEachAsync([.. streams.Where(batch => batch.Hints.Count > 0).Select(batch => batch.Stream)], HistoryBounds.Everything, ct);
        return (
            [
                .. streams
                    .Where(batch => !hinted.Gaps.ContainsKey(batch.Stream))
                    .Select(batch => batch.Hints.Count == 0 ? batch : batch with { Events = hinted.Of(batch.Stream) }),
            ],
            hinted.Gaps.ToDictionary(gap => gap.Key, gap => (Exception)gap.Value));
    }
}
