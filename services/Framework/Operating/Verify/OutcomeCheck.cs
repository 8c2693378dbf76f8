using ServerlessCqrs.EventStore;
using ServerlessCqrs.Streams;
using static ServerlessCqrs.Operating.Verify.Differences;

namespace ServerlessCqrs.Operating.Verify;

/// <summary>
/// Checks a stream's commands: each has one outcome, the applied ones produced exactly the events, and the tip's
/// outcomes match.
/// </summary>
internal static class OutcomeCheck
{
    public static IEnumerable<Difference> Of(StreamEvidence evidence)
    {
        var outcomes = evidence.Outcomes.ToLookup(outcome => outcome.CommandId);
        var events = evidence.Events.ToLookup(e => e.CommandId);
        return
        [
            .. outcomes.SelectMany(rows => OfCommand(evidence, [.. rows], [.. events[rows.Key]])),
            .. events.Where(made => !outcomes.Contains(made.Key)).Select(made => new Difference(EventWithoutOutcome, evidence.Stream, $"{Versions(made)} made by command {made.Key}, which has no outcome")),
            .. OfKeys(evidence),
            .. OfRing(evidence, outcomes),
        ];
    }

    private static IEnumerable<Difference> OfCommand(StreamEvidence evidence, List<CommandOutcome> rows, List<EventRecord> made)
    {
        var outcome = rows[0];
        if (rows.Count > 1)
        {
            yield return new(OutcomeContradicted, evidence.Stream, $"command {outcome.CommandId} is {string.Join(" and ", rows.Select(Describe))}");
            yield break;
        }

        if (outcome.Status != CommandStatus.Applied)
        {
            if (made.Count > 0) yield return new(EventWithoutOutcome, evidence.Stream, $"{Versions(made)} made by command {outcome.CommandId}, which is {Describe(outcome)}");
            yield break;
        }

        var there = made.DistinctBy(e => e.Version).ToList();
        var first = outcome.Version - outcome.Events.Count + 1;
        var matches = there.Count == outcome.Events.Count && there.Select((e, i) => e.Version == first + i && e.Type == outcome.Events[i]).All(same => same);
        if (outcome.Events.Count == 0 || !matches)
            yield return new(OutcomeWithoutEvents, evidence.Stream, $"command {outcome.CommandId} is {Describe(outcome)}; of its events there {(there.Count == 0 ? "are none" : "are " + string.Join(", ", there.Select(e => $"{e.Type} at {e.Version}")))}");
    }

    private static IEnumerable<Difference> OfKeys(StreamEvidence evidence) => evidence.Outcomes
        .Where(outcome => outcome.KeyId is not null && outcome.Code != CommonRefusals.IdempotencyKeyReused.Code)
        .GroupBy(outcome => outcome.KeyId, outcome => outcome.CommandId)
        .Select(key => (key.Key, Commands: key.Distinct().ToList()))
        .Where(key => key.Commands.Count > 1)
        .Select(key => new Difference(KeyTakenTwice, evidence.Stream, $"key {key.Key} was taken by the commands {string.Join(", ", key.Commands)}"));

    private static IEnumerable<Difference> OfRing(StreamEvidence evidence, ILookup<Guid, CommandOutcome> outcomes) => (evidence.Tip?.Ring.Entries ?? [])
        .Where(entry => !outcomes[entry.CommandId].Any(outcome => (outcome.Status, outcome.Code, outcome.Version) == (entry.Status, entry.Code, entry.Version)))
        .Select(entry => new Difference(
            OutcomeLost,
            evidence.Stream,
            $"the tip remembers command {entry.CommandId} as {entry.Status} {entry.Code} at version {entry.Version}; the log has {(outcomes[entry.CommandId].FirstOrDefault() is { } other ? Describe(other) : "no outcome of it")}"));

    private static string Describe(CommandOutcome outcome) =>
        $"{outcome.CommandType} {outcome.Status}{(outcome.Code is { } code ? $" ({code})" : "")} at version {outcome.Version}{(outcome.Events.Count > 0 ? $" with {string.Join(", ", outcome.Events)}" : "")}";

    private static string Versions(IEnumerable<EventRecord> made) => $"{string.Join(", ", made.Select(e => $"{e.Type} at {e.Version}"))}:";
}
