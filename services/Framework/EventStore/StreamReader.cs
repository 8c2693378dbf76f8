using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore;

/// <summary>Reads whole streams: the log, plus the latest commit, which may be only in the tip.</summary>
public sealed class StreamReader(IStreamHistory history, ITipSource tips)
{
    // A page is read and parsed within about 30 ms.
    private const long Page = 2_000;

    /// <summary>
    /// Returns the current events of these streams, sorted by version and without gaps. The result has no entry for a
    /// stream without events.
    /// </summary>
    /// <exception cref="HistoryGapException">A version is missing from both log and tip. The log lags (on a replica) or
    /// is damaged.</exception>
    public async Task<IReadOnlyDictionary<StreamId, IReadOnlyList<EventRecord>>> ReadAsync(IReadOnlyCollection<StreamId> streams, HistoryBounds bounds, CancellationToken ct)
    {
        var histories = await ReadEachAsync(streams, bounds, ct);
        return histories.Gaps.Count == 0 ? histories.Whole : throw histories.Gaps.First().Value;
    }

    /// <summary>Reads the same, and a stream with a gap fails alone.</summary>
    public async Task<StreamHistories> ReadEachAsync(IReadOnlyCollection<StreamId> streams, HistoryBounds bounds, CancellationToken ct)
    {
        var (whole, gaps) = (new Dictionary<StreamId, IReadOnlyList<EventRecord>>(streams.Count), new Dictionary<StreamId, HistoryGapException>());
        if (streams.Count == 0) return new StreamHistories(whole, gaps);
        // The tip is read first. Whatever it drops while the log is read was already in the log.
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

    /// <summary>Returns one stream's events, or an empty list if it has none.</summary>
    /// <inheritdoc cref="ReadAsync(IReadOnlyCollection{StreamId}, HistoryBounds, CancellationToken)"/>
    public async Task<IReadOnlyList<EventRecord>> ReadAsync(StreamId stream, HistoryBounds bounds, CancellationToken ct) =>
        (await ReadAsync([stream], bounds, ct)).GetValueOrDefault(stream) ?? [];

    /// <summary>
    /// Returns a stream's latest events within the bounds, sorted by version and without gaps. It reads pages from the
    /// end until they are enough or the stream is complete.
    /// </summary>
    /// <param name="isEnough">Gets the events read so far.</param>
    /// <inheritdoc cref="ReadAsync(IReadOnlyCollection{StreamId}, HistoryBounds, CancellationToken)"/>
    public async Task<IReadOnlyList<EventRecord>> ReadNewestAsync(StreamId stream, HistoryBounds bounds, Func<IReadOnlyList<EventRecord>, bool> isEnough, CancellationToken ct)
    {
        var head = (await tips.LoadAsync([stream], ct)).GetValueOrDefault(stream);
        IReadOnlyList<EventRecord> newest = [];
        var end = Math.Min(head?.Version ?? long.MaxValue, bounds.ToVersion ?? long.MaxValue);
        for (var page = Page; ; page *= 2)
        {
            // Without a tip the end of the stream is unknown.
            var window = bounds with { FromVersion = head is null ? bounds.FromVersion : Math.Max(bounds.FromVersion, end - page + 1), ToVersion = end };
            var (events, gap) = await JoinAsync(stream, await history.ReadStreamsAsync([stream], window, ct), head, window, ct);
            if (gap is not null) throw gap;
            newest = [.. events, .. newest];
            if (window.FromVersion == bounds.FromVersion || isEnough(newest)) return newest;
            end = window.FromVersion - 1;
        }
    }

    /// <summary>
    /// Joins what log and tip have of a stream within the bounds, and returns the gap in it, or null if there is none.
    /// </summary>
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

    /// <summary>
    /// Checks that every version up to the tip's that is within the bounds was read. Whether the next event is too
    /// young for the bounds must be read from that event, because a lagging log ends early too.
    /// </summary>
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

/// <summary>A version is missing from a stream's history. If a replica lags, a retry may succeed.</summary>
public sealed class HistoryGapException(StreamId stream, long expected, long found)
    : Exception($"The history of {stream} goes from version {expected - 1} to {found}.")
{
    public StreamId Stream { get; } = stream;
}
