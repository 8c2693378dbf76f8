using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.Streams;
using StreamReader = ServerlessCqrs.EventStore.StreamReader;

namespace ServerlessCqrs.Web.Degradation;

/// <summary>Reads streams from log and tip, or only from the log while the tips are unavailable.</summary>
public sealed class GuardedStreams(StreamReader reader, GuardedTips tips, GuardedLog log)
{
    /// <summary>Returns a stream's events, and whether the latest commit may be missing.</summary>
    /// <exception cref="DependencyAwayException">The log is unavailable too.</exception>
    /// <exception cref="HistoryGapException">A version is missing from both log and tip.</exception>
    public Task<(IReadOnlyList<EventRecord> Events, bool MayLackNewest)> ReadAsync(StreamId stream, HistoryBounds bounds, CancellationToken ct) => ReadAsync(stream, bounds, reader.ReadAsync(stream, bounds, ct), ct);

    /// <summary>
    /// Returns enough of a stream's latest events or all, and whether the latest commit may be missing.
    /// </summary>
    /// <inheritdoc cref="StreamReader.ReadNewestAsync"/>
    /// <exception cref="DependencyAwayException">The log is unavailable too.</exception>
    public Task<(IReadOnlyList<EventRecord> Events, bool MayLackNewest)> ReadNewestAsync(StreamId stream, HistoryBounds bounds, Func<IReadOnlyList<EventRecord>, bool> isEnough, CancellationToken ct) =>
        ReadAsync(stream, bounds, reader.ReadNewestAsync(stream, bounds, isEnough, ct), ct);

    private async Task<(IReadOnlyList<EventRecord> Events, bool MayLackNewest)> ReadAsync(StreamId stream, HistoryBounds bounds, Task<IReadOnlyList<EventRecord>> reading, CancellationToken ct)
    {
        try
        {
            return (await reading, false);
        }
        catch (DependencyAwayException e) when (e.Dependency == tips.Name)
        {
            var logged = await log.ReadStreamsAsync([stream], bounds, ct);
            return (logged.GetValueOrDefault(stream) ?? [], true);
        }
    }
}
