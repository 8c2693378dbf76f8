using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore;

/// <summary>Reads streams whole: the log, plus the newest commit that only the tip may hold as yet.</summary>
public sealed class StreamReader(IEventHistory history, IStreamTips tips)
{
    // Read and parsed within some 30 ms.
    private const long Page = 2_000;

    /// <summary>The events of these streams up to now, by version, without a gap; a stream without events is missing in the result.</summary>
    /// <exception cref="HistoryGapException">Log and tip together miss a version: the log is behind (a replica that reads late) or damaged.</exception>
    public async Task<IReadOnlyDictionary<StreamId, IReadOnlyList<EventRecord>>> ReadAsync(IReadOnlyCollection<StreamId> streams, HistoryBounds bounds, CancellationToken ct)
    {
        var histories = await ReadEachAsync(streams, bounds, ct);
        return histories.Gaps.Count == 0 ? histories.Whole : throw histories.Gaps.First().Value;
    }

    /// <summary>The same, where a stream with a gap shall fail alone.</summary>
    public async Task<StreamHistories> ReadEachAsync(IReadOnlyCollection<StreamId> streams, HistoryBounds bounds, CancellationToken ct)
    {
        var (whole, gaps) = (new Dictionary<StreamId, IReadOnlyList<EventRecord>>(streams.Count), new Dictionary<StreamId, HistoryGapException>());
        if (streams.Count == 0) return new StreamHistories(whole, gaps);
        // The tip first: what it drops while the log is read was in the log before.
        var heads = await tips.LoadAsync(streams, ct);
        var logged = await history.ReadStreamsAsync(streams, bounds, ct);
        foreach (var stream in streams)
        {
            var (events, gap) = await JoinAsync(stream, logged, heads.GetValueOrDefault(stream), bounds, ct);
            if (gap is not null) gaps.Add(stream, gap);
            else if (events.Count > 0) whole.Add(stream, events);
        }

        return new StreamHistories(whole, gaps);
    }

    /// <summary>One stream's events; empty where it has none.</summary>
    /// <inheritdoc cref="ReadAsync(IReadOnlyCollection{StreamId}, HistoryBounds, CancellationToken)"/>
    public async Task<IReadOnlyList<EventRecord>> ReadAsync(StreamId stream, HistoryBounds bounds, CancellationToken ct) =>
        (await ReadAsync([stream], bounds, ct)).GetValueOrDefault(stream) ?? [];

    /// <summary>A stream's newest events within the bounds: as many as are enough, read in pages from the end on, or all that there are; by version, without a gap.</summary>
    /// <param name="isEnough">Told what is read so far.</param>
    /// <inheritdoc cref="ReadAsync(IReadOnlyCollection{StreamId}, HistoryBounds, CancellationToken)"/>
    public async Task<IReadOnlyList<EventRecord>> ReadNewestAsync(StreamId stream, HistoryBounds bounds, Func<IReadOnlyList<EventRecord>, bool> isEnough, CancellationToken ct)
    {
        var head = (await tips.LoadAsync([stream], ct)).GetValueOrDefault(stream);
        IReadOnlyList<EventRecord> newest = [];
        var end = Math.Min(head?.Version ?? long.MaxValue, bounds.ToVersion ?? long.MaxValue);
        for (var page = Page; ; page *= 2)
        {
            // Without a tip nobody knows where the end is.
            var window = bounds with { FromVersion = head is null ? bounds.FromVersion : Math.Max(bounds.FromVersion, end - page + 1), ToVersion = end };
            var (events, gap) = await JoinAsync(stream, await history.ReadStreamsAsync([stream], window, ct), head, window, ct);
            if (gap is not null) throw gap;
            newest = [.. events, .. newest];
            if (window.FromVersion == bounds.FromVersion || isEnough(newest)) return newest;
            end = window.FromVersion - 1;
        }
    }

    /// <summary>What log and tip have of a stream within the bounds, and the gap in it; null where there is none.</summary>
    private async Task<(List<EventRecord> Events, HistoryGapException? Gap)> JoinAsync(
        StreamId stream, IReadOnlyDictionary<StreamId, IReadOnlyList<EventRecord>> logged, StreamTip? head, HistoryBounds bounds, CancellationToken ct)
    {
        var events = Join(logged.GetValueOrDefault(stream) ?? [], head?.Newest.Events ?? [], bounds);
        return (events, GapIn(stream, events, bounds) ?? await GapAfterAsync(events, head, bounds, ct));
    }

    private static List<EventRecord> Join(IReadOnlyList<EventRecord> logged, IReadOnlyList<EventRecord> newest, HistoryBounds bounds)
    {
        var next = logged.Count > 0 ? logged[^1].Version + 1 : bounds.FromVersion;
        List<EventRecord> events = [.. logged];
        foreach (var e in newest)
        {
            if (e.Version < next || e.Version > (bounds.ToVersion ?? long.MaxValue) || e.At > (bounds.AsOf ?? DateTimeOffset.MaxValue)) continue;
            events.Add(e);
            next = e.Version + 1;
        }

        return events;
    }

    private static HistoryGapException? GapIn(StreamId stream, List<EventRecord> events, HistoryBounds bounds)
    {
        for (var i = 0; i < events.Count; i++)
            if (events[i].Version != bounds.FromVersion + i) return new HistoryGapException(stream, bounds.FromVersion + i, events[i].Version);
        return null;
    }

    /// <summary>What the tip knows of and the bounds let in must have been read. That the event after the last one is too young is seen in the event itself: a log that is behind ends early just so.</summary>
    private async Task<HistoryGapException?> GapAfterAsync(List<EventRecord> events, StreamTip? head, HistoryBounds bounds, CancellationToken ct)
    {
        if (head is null) return null;
        var next = events.Count > 0 ? events[^1].Version + 1 : bounds.FromVersion;
        var end = Math.Min(head.Version, bounds.ToVersion ?? long.MaxValue);
        if (next > end) return null;
        if (bounds.AsOf is { } asOf)
        {
            var following = head.Newest.Events.FirstOrDefault(e => e.Version == next)
                ?? (await history.ReadStreamsAsync([head.Stream], new HistoryBounds(next, next), ct)).GetValueOrDefault(head.Stream)?[0];
            if (following?.At > asOf) return null;
        }

        return new HistoryGapException(head.Stream, next, end);
    }
}

/// <summary>A stream's history misses a version. Reading again may heal it where a replica was behind.</summary>
public sealed class HistoryGapException(StreamId stream, long expected, long found)
    : Exception($"The history of {stream} goes from version {expected - 1} to {found}.")
{
    public StreamId Stream { get; } = stream;
}
