using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Log;

/// <summary>
/// Reads single streams from the log: every event once, in order. It may lack a stream's latest commit, which only the
/// tip holds. <see cref="StreamReader"/> joins both.
/// </summary>
public interface IStreamHistory
{
    /// <summary>
    /// Returns the events of these streams within the bounds, sorted by version. The result has no entry for a stream
    /// without events.
    /// </summary>
    Task<IReadOnlyDictionary<StreamId, IReadOnlyList<EventRecord>>> ReadStreamsAsync(IReadOnlyCollection<StreamId> streams, HistoryBounds bounds, CancellationToken ct);
}

/// <summary>Reads the whole log.</summary>
public interface IEventHistory : IStreamHistory
{
    /// <summary>
    /// Returns the events up to <paramref name="asOf"/> of every stream whose id starts with <paramref name="prefix"/>,
    /// sorted by stream and version.
    /// </summary>
    Task<IReadOnlyList<EventRecord>> ReadPrefixAsync(string prefix, DateTimeOffset asOf, CancellationToken ct);

    /// <summary>Streams every event of a category (null for all), sorted by stream and version.</summary>
    IAsyncEnumerable<EventRecord> ReadAllAsync(string? category, CancellationToken ct);

    /// <summary>
    /// Streams every outcome, sorted by stream and command id. A command with several distinct outcome rows appears
    /// once for each.
    /// </summary>
    IAsyncEnumerable<CommandOutcome> ReadOutcomesAsync(CancellationToken ct);

    /// <summary>
    /// Returns the versions that reached the log after <paramref name="after"/> (the log's clock), the oldest first, at
    /// most <paramref name="limit"/>.
    /// </summary>
    Task<IReadOnlyList<Arrival>> ReadArrivalsAsync(DateTimeOffset after, int limit, CancellationToken ct);
}

/// <summary>Selects a part of a stream by version and by time. All bounds are inclusive.</summary>
public sealed record HistoryBounds(
    long FromVersion = 1,
    long? ToVersion = null,
    DateTimeOffset? AsOf = null)
{
    public static HistoryBounds Everything { get; } = new();
}

/// <summary>An event's arrival in the log, from which the lag of read models is measured.</summary>
/// <param name="ArrivedAt">The time at which the log stored the event, by the log's clock.</param>
/// <param name="Age">The time between the arrival and this read, by the same clock.</param>
public sealed record Arrival(
    StreamId Stream,
    long Version,
    DateTimeOffset ArrivedAt,
    TimeSpan Age);
