using ServerlessCqrs.EventStore;
using static ServerlessCqrs.Operating.Verify.Differences;

namespace ServerlessCqrs.Operating.Verify;

/// <summary>
/// Checks a stream's events: one per version from 1, with the ids that their commands determine, in the order of time.
/// </summary>
internal static class HistoryCheck
{
    public static IEnumerable<Difference> Of(StreamEvidence evidence)
    {
        long expected = 1;
        EventRecord? last = null;
        foreach (var version in evidence.Events.GroupBy(e => e.Version))
        {
            var rows = version.ToList();
            if (version.Key != expected) yield return new(VersionGap, evidence.Stream, version.Key == expected + 1 ? $"version {expected} is missing" : $"versions {expected} to {version.Key - 1} are missing");
            if (rows.Count > 1) yield return new(EventContradicted, evidence.Stream, $"version {version.Key} is {string.Join(" and ", rows.Select(Describe))}");
            if (last is not null && rows[0].At < last.At) yield return new(TimeBackwards, evidence.Stream, $"version {version.Key} is of {rows[0].At:O}, and the one before it of {last.At:O}");
            last = rows[0];
            expected = version.Key + 1;
        }

        foreach (var command in evidence.Events.GroupBy(e => e.CommandId))
        {
            // If rows contradict each other, each has the index of its version.
            var first = command.First().Version;
            foreach (var e in command)
                if (e.EventId != CommandIds.OfEvent(e.CommandId, (int)(e.Version - first))) yield return new(EventIdWrong, evidence.Stream, $"version {e.Version}: {Describe(e)} has not the id of event {e.Version - first} of its command");
        }
    }

    private static string Describe(EventRecord e) => $"{e.Type} {e.EventId} of command {e.CommandId}";
}
