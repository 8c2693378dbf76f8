using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.Shop;

namespace ServerlessCqrs.EventStore.Following;

/// <summary>For whom a hint means that everything its stream ever said is said again: reads the streams that are hinted.</summary>
public sealed class HintedStreams(StreamReader reader)
{
    /// <summary>The batches, a hinted one with every event of its stream, and why which of them could not be read. A stream with a gap in its history fails alone.</summary>
    public async Task<(IReadOnlyList<StreamBatch> Whole, Dictionary<StreamId, Exception> Errors)> ReadAsync(IReadOnlyList<StreamBatch> streams, CancellationToken ct)
    {
        var errors = new Dictionary<StreamId, Exception>();
        var histories = await ReadAsync([.. streams.Where(batch => batch.Hints.Count > 0).Select(batch => batch.Stream)], errors, ct);
        return (
            [
                .. streams
                    .Where(batch => !errors.ContainsKey(batch.Stream))
                    .Select(batch => batch.Hints.Count == 0 ? batch : new StreamBatch(batch.Stream, histories.GetValueOrDefault(batch.Stream) ?? [], batch.Hints)),
            ],
            errors);
    }

    private async Task<IReadOnlyDictionary<StreamId, IReadOnlyList<EventRecord>>> ReadAsync(List<StreamId> hinted, Dictionary<StreamId, Exception> errors, CancellationToken ct)
    {
        while (hinted.Count > 0)
        {
            try
            {
                return await reader.ReadAsync(hinted, HistoryBounds.Everything, ct);
            }
            catch (HistoryGapException gap) when (hinted.Remove(gap.Stream))
            {
                errors[gap.Stream] = gap;
            }
        }

        return new Dictionary<StreamId, IReadOnlyList<EventRecord>>();
    }
}
