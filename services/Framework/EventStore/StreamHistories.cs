using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore;

/// <summary>The events of several streams. A stream with a missing version does not affect the others.</summary>
public sealed class StreamHistories(IReadOnlyDictionary<StreamId, IReadOnlyList<EventRecord>> whole, IReadOnlyDictionary<StreamId, HistoryGapException> gaps)
{
    /// <summary>The streams that have events and no gap.</summary>
    public IReadOnlyDictionary<StreamId, IReadOnlyList<EventRecord>> Whole { get; } = whole;

    /// <summary>The streams with a gap in what could be read.</summary>
    public IReadOnlyDictionary<StreamId, HistoryGapException> Gaps { get; } = gaps;

    /// <summary>Returns the events of a requested stream, sorted by version, or an empty list if it has none.</summary>
    /// <exception cref="HistoryGapException">A version is missing from both log and tip.</exception>
    public IReadOnlyList<EventRecord> Of(StreamId stream) => Gaps.TryGetValue(stream, out var gap) ? throw gap : Whole.GetValueOrDefault(stream) ?? [];
}
