using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore;

/// <summary>Reads the states of streams as the next decision would see them.</summary>
public sealed class StateReader(IStreamTips tips, StreamReader reader, Domain domain)
{
    /// <summary>
    /// Returns the states by stream, strongly consistent. A state comes from the tip, or is folded from the log if the
    /// tip has another shape. The result has no entry for a stream without a commit.
    /// </summary>
    public async Task<IReadOnlyDictionary<StreamId, object>> ReadAsync(IReadOnlyCollection<StreamId> streams, CancellationToken ct)
    {
        if (streams.Count == 0) return new Dictionary<StreamId, object>();
        var states = (await tips.LoadAsync(streams, ct)).ToDictionary(tip => tip.Key, tip => tip.Value.StateFor(Decider(tip.Key)));
        List<StreamId> unfolded = [.. states.Where(state => state.Value is null).Select(state => state.Key)];
        if (unfolded.Count == 0) return states!;

        var histories = await reader.ReadAsync(unfolded, HistoryBounds.Everything, ct);
        foreach (var stream in unfolded) states[stream] = (histories.GetValueOrDefault(stream) ?? []).Aggregate(Decider(stream).Initial, (state, e) => Decider(stream).Evolve(state, e.Event));
        return states!;
    }

    private IDecider Decider(StreamId stream) => domain.DeciderOf(stream) ?? throw new InvalidOperationException($"No decider handles the stream {stream}.");
}
