using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Log;

/// <summary>The history as readers use it: every event once, in order. It may lack a stream's newest commit, which the tip still holds: <see cref="StreamReader"/> joins the two.</summary>
public interface IEventHistory
{
    /// <summary>The events of these streams within the bounds, by stream and version. A stream without events is missing in the result.</summary>
    Task<IReadOnlyDictionary<StreamId, IReadOnlyList<EventRecord>>> ReadStreamsAsync(IReadOnlyCollection<StreamId> streams, HistoryBounds bounds, CancellationToken ct);

    /// <summary>The events of every stream whose id begins with <paramref name="prefix"/>, by stream and version, as they were at <paramref name="asOf"/>.</summary>
    Task<IReadOnlyList<EventRecord>> ReadPrefixAsync(string prefix, DateTimeOffset asOf, CancellationToken ct);

    /// <summary>Every event of the streams of a category (null: of all), by stream and version, streamed.</summary>
    IAsyncEnumerable<EventRecord> ReadAllAsync(string? category, CancellationToken ct);

    /// <summary>Every outcome, by stream and command id, streamed; each command once for each distinct outcome row.</summary>
    IAsyncEnumerable<CommandOutcome> ReadOutcomesAsync(CancellationToken ct);

    /// <summary>Which versions reached the log since <paramref name="after"/> (the log's clock), oldest first, at most <paramref name="limit"/>.</summary>
    Task<IReadOnlyList<Arrival>> ReadArrivalsAsync(DateTimeOffset after, int limit, CancellationToken ct);
}

/// <summary>Which part of a stream to read: from a version, to a version, and as it was at a time; all inclusive.</summary>
public sealed record HistoryBounds(
    long FromVersion = 1,
    long? ToVersion = null,
    DateTimeOffset? AsOf = null)
{
    public static HistoryBounds Everything { get; } = new();
}

/// <summary>An event's arrival in the log, for those who watch how far behind a read model is.</summary>
/// <param name="ArrivedAt">When the log took it, by the log's clock.</param>
/// <param name="Age">How long before the read that was, by the same clock.</param>
public sealed record Arrival(
    StreamId Stream,
    long Version,
    DateTimeOffset ArrivedAt,
    TimeSpan Age);
