using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Operating.Recovery;

/// <summary>Rebuilds a stream's tip from the log.</summary>
internal static class LoggedTip
{
    // This position covers no record: the log does not store positions on the command stream. The outcomes show which
    // commands were decided.
    private static readonly SourcePosition Nowhere = new("log", "0");

    /// <param name="events">Ordered by version, from 1, without a gap.</param>
    /// <param name="outcomes">One for each command.</param>
    public static StreamTip Of(
        Domain domain,
        StreamId stream,
        IReadOnlyList<EventRecord> events,
        IReadOnlyList<CommandOutcome> outcomes,
        IReadOnlyList<ParkedRecord> parked)
    {
        var decider = domain.DeciderOf(stream) ?? throw new InvalidOperationException($"No stream has the category '{stream.Category}'.");
        var ring = OutcomeRing.Empty.Push([.. outcomes.OrderBy(outcome => outcome.At).ThenBy(outcome => outcome.Version)]);
        return new StreamTip(
            stream,
            events.Count,
            decider.StateShape,
            decider.WriteState(events.Aggregate(decider.Initial, (state, e) => decider.Evolve(state, e.Event))),
            Nowhere,
            events.Select(e => e.At).Concat(outcomes.Select(outcome => outcome.At)).DefaultIfEmpty(DateTimeOffset.MinValue).Max(),
            new Commit([], []),
            // The position covers no decided command, so the consumer queries the log for each command issued up to
            // this time.
            ring with { EvictedThrough = outcomes.Count > 0 ? outcomes.Max(outcome => outcome.IssuedAt) : null })
        {
            Parked = parked,
        };
    }
}
