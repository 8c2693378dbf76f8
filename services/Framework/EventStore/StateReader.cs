using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore;

/// <summary>Reads the states of streams, as the next decision would see them.</summary>
public sealed class StateReader(IStreamTips tips, StreamReader reader, Domain domain)
{
    /// <summary>By stream, strongly consistent: from the tips, and folded from the log where a tip was written in another shape. A stream that was never committed to is missing in the result.</summary>
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

    private IDecider Decider(StreamId stream) => domain.DeciderOf(stream) ?? throw new InvalidOperationException($"Nobody decides for {stream}.");
}
