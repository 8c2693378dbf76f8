using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Log;

/// <summary>Which streams the log has, in the ordinal order of their ids: how one goes through all of them, stops anywhere, and goes on.</summary>
public interface IStreamIndex
{
    /// <summary>The first streams of the range, at most <paramref name="limit"/>, each with its newest version in the log.</summary>
    Task<IReadOnlyList<(StreamId Stream, long Version)>> ListAsync(StreamRange range, int limit, CancellationToken ct);

    /// <summary>How many streams the range has, and how many events they have.</summary>
    Task<(long Streams, long Events)> CountAsync(StreamRange range, CancellationToken ct);
}

/// <summary>Some of the streams of a category.</summary>
/// <param name="After">Only those after this one; null from the first on.</param>
/// <param name="ChangedSince">Only those with an event at or after this time; null for all.</param>
public sealed record StreamRange(
    string Category,
    StreamId? After = null,
    DateTimeOffset? ChangedSince = null);
