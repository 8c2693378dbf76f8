using System.Runtime.CompilerServices;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Operating.Verify;

/// <summary>
/// Merges the log's events and outcomes by stream. Both are ordered by stream, so only one stream is in memory at a
/// time.
/// </summary>
internal static class MergedHistory
{
    public static async IAsyncEnumerable<LoggedStream> ReadAsync(IEventHistory history, string? category, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var events = history.ReadAllAsync(category, ct).GetAsyncEnumerator(ct);
        await using var outcomes = history.ReadOutcomesAsync(ct).Where(outcome => category is null || outcome.Stream.Category == category).GetAsyncEnumerator(ct);
        var (moreEvents, moreOutcomes) = (await events.MoveNextAsync(), await outcomes.MoveNextAsync());
        string? last = null;
        while (moreEvents || moreOutcomes)
        {
            var (nextEvent, nextOutcome) = (moreEvents ? events.Current.Stream.ToString() : null, moreOutcomes ? outcomes.Current.Stream.ToString() : null);
            var stream = nextOutcome is null || nextEvent is not null && string.CompareOrdinal(nextEvent, nextOutcome) < 0 ? nextEvent! : nextOutcome;
            if (last is not null && string.CompareOrdinal(stream, last) <= 0) throw new InvalidOperationException($"The log gave {stream} after {last}: it is not in the order it promises.");
            last = stream;
            var logged = new LoggedStream(StreamId.Parse(stream), [], []);
            for (; moreEvents && events.Current.Stream == logged.Stream; moreEvents = await events.MoveNextAsync()) logged.Events.Add(events.Current);
            for (; moreOutcomes && outcomes.Current.Stream == logged.Stream; moreOutcomes = await outcomes.MoveNextAsync()) logged.Outcomes.Add(outcomes.Current);
            yield return logged;
        }
    }
}

/// <summary>The log's events and outcomes of one stream.</summary>
internal sealed record LoggedStream(
    StreamId Stream,
    List<EventRecord> Events,
    List<CommandOutcome> Outcomes);
