using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore;

/// <summary>The events of several streams. One whose history misses a version keeps none of the others waiting.</summary>
public sealed class StreamHistories(IReadOnlyDictionary<StreamId, IReadOnlyList<EventRecord>> whole, IReadOnlyDictionary<StreamId, HistoryGapException> gaps)
{
    /// <summary>The streams that have events, and no gap.</summary>
    public IReadOnlyDictionary<StreamId, IReadOnlyList<EventRecord>> Whole { get; } = whole;

    /// <summary>The streams that cannot be told from what could be read of them.</summary>
    public IReadOnlyDictionary<StreamId, HistoryGapException> Gaps { get; } = gaps;

    /// <summary>The events of a stream that was asked for, by version; empty where it has none.</summary>
    /// <exception cref="HistoryGapException">Log and tip together miss a version.</exception>
    public IReadOnlyList<EventRecord> Of(StreamId stream) => Gaps.TryGetValue(stream, out var gap) ? throw gap : Whole.GetValueOrDefault(stream) ?? [];
}
