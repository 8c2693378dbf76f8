using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Log;

/// <summary>
/// Lists the log's streams in the ordinal order of their ids, so that a scan can stop anywhere and continue later.
/// </summary>
public interface IStreamIndex
{
    /// <summary>
    /// Returns the first streams of the range, at most <paramref name="limit"/>, each with its latest version in the
    /// log.
    /// </summary>
    Task<IReadOnlyList<(StreamId Stream, long Version)>> ListAsync(StreamRange range, int limit, CancellationToken ct);

    /// <summary>Counts the streams of the range and their events.</summary>
    Task<(long Streams, long Events)> CountAsync(StreamRange range, CancellationToken ct);
}

/// <summary>Selects streams of a category.</summary>
/// <param name="After">The stream before the first result, or null to start at the beginning.</param>
/// <param name="ChangedSince">Selects streams with an event at or after this time, or all if null.</param>
public sealed record StreamRange(
    string Category,
    StreamId? After = null,
    DateTimeOffset? ChangedSince = null);
