using ServerlessCqrs.EventStore.Specs.Log;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Specs.Tips;

internal static class SomeTips
{
    private const string Source = "arn:aws:kinesis:eu-central-1:000000000000:stream/commands@1700000000";

    /// <summary>
    /// Returns a tip at a version, whose latest commit has the last <paramref name="events"/> events.
    /// </summary>
    public static StreamTip At(StreamId stream, long version, int events = 1, string? data = null)
    {
        var made = Enumerable.Range(0, events).Select(i => Rows.Event(stream, version - events + 1 + i, data: data)).ToList();
        List<CommandOutcome> outcomes = [.. made.Select(e => Rows.Outcome(e, key: e.EventId)), Rows.Refusal(stream, Guid.NewGuid(), Guid.NewGuid())];
        return new StreamTip(
            stream,
            version,
            stateShape: 2,
            state: $$"""{"price":{{version}}.50,"name":"Kopfhörer"}""",
            new SourcePosition(Source, $"4959033827149025660855969253836157109592157598913658{version:0000}"),
            Rows.Noon.AddMilliseconds(version),
            new Commit(made, outcomes),
            OutcomeRing.Empty.Push(outcomes));
    }

    public static ParkedRecord Parked(int number, string data = "{}") =>
        new(new Guid(number, 0, 0, new byte[8]), $"{number}", Rows.Noon.AddMilliseconds(number), System.Text.Encoding.UTF8.GetBytes(data));

    /// <summary>Returns the tip as another consumer committed it, further on in the source.</summary>
    public static StreamTip FurtherOn(this StreamTip tip) => tip with { Position = tip.Position with { SequenceNumber = tip.Position.SequenceNumber + "7" } };
}
