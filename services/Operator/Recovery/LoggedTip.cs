using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Operator.Recovery;

/// <summary>Makes a stream's tip from what the log has of it.</summary>
internal static class LoggedTip
{
    // No record of any command stream is at or below it: the log does not know where it stood on the stream. The outcomes tell what was decided.
    private static readonly SourcePosition Nowhere = new("log", "0");

    /// <param name="events">By version, from 1 on, without a gap.</param>
    /// <param name="outcomes">Each command once.</param>
    public static StreamTip Of(StreamId stream, IReadOnlyList<EventRecord> events, IReadOnlyList<CommandOutcome> outcomes, IReadOnlyList<ParkedRecord> parked)
    {
        var decider = ShopDomain.Instance.DeciderOf(stream) ?? throw new InvalidOperationException($"No stream has the category '{stream.Category}'.");
        var ring = OutcomeRing.Empty.Push([.. outcomes.OrderBy(outcome => outcome.At).ThenBy(outcome => outcome.Version)]);
        return new StreamTip(
            stream,
            events.Count,
            decider.StateShape,
            decider.WriteState(events.Aggregate(decider.Initial, (state, e) => decider.Evolve(state, e.Event))),
            Nowhere,
            events.Select(e => e.At).Concat(outcomes.Select(outcome => outcome.At)).DefaultIfEmpty(DateTimeOffset.MinValue).Max(),
            new Commit([], []),
            // Since no position covers what was decided, the log is asked about every command of that time.
            ring with { EvictedThrough = outcomes.Count > 0 ? outcomes.Max(outcome => outcome.IssuedAt) : null })
        {
            Parked = parked,
        };
    }
}
