using System.CommandLine;
using System.Diagnostics;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.Operating.Recovery;
using ServerlessCqrs.Operating.Stacks;
using ServerlessCqrs.Operating.Verify;

namespace ServerlessCqrs.Operating.Commands;

/// <summary><c>recover</c>: makes log and tips match after a restore.</summary>
internal sealed class RecoverCommand(OperatedSystem system)
{
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(5);

    private readonly Option<bool> _apply =
        new("--apply") { Description = "Do it. Without this option, recover only prints what it would do." };
    private readonly Option<bool> _both = new("--both") { Description = "Use this after a restore of both ClickHouse and the tips. It also makes the consumer decide commands again that no tip mentions." };

    public Command Create()
    {
        var command = new Command(
            "recover",
            "Repairs the log and the tips after a restore of either: completes the log from newer tips, "
                + "makes the other tips from the log, and makes the consumer decide lost commands again that Kinesis still keeps. "
                + $"Stop the consumer {system.Topology.Consumer.Name} first, and start it afterwards. "
                + "You can interrupt and repeat it. Exits with 1 if something is lost or needs you.")
        {
            _apply, _both,
        };
        return command.OnStack(system, RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, OperatedStack stack, CancellationToken ct)
    {
        var isDry = !parsed.GetValue(_apply);
        if (!isDry) await stack.Journal.WriteAsync([new Operation(TimeProvider.System.GetUtcMilliseconds(), OperatedStack.Operator, "recover", "log and tips", null)], ct);
        var trail = new KinesisCommandTrail(stack.Domain, stack.Kinesis, stack.Names.CommandStream, TimeProvider.System);
        var line = Stopwatch.GetTimestamp();
        var report = await new StoreRecovery(stack.Domain, stack.History, stack.Log, stack.Tips, trail.ReadRecordsAsync).RunAsync(
            isDry,
            parsed.GetValue(_both),
            done =>
            {
                if (Stopwatch.GetElapsedTime(line) < BetweenLines) return;
                line = Stopwatch.GetTimestamp();
                Console.WriteLine(done);
            },
            ct);
        foreach (var text in Tell(report, isDry)) Console.WriteLine(text);
        if (!isDry) await ParkedCommand.RedriveAsync(stack, null, ct);
        return report.IsClean && !(isDry && report.HasWork) ? ExitCodes.Good : ExitCodes.NotGood;
    }

    public static IEnumerable<string> Tell(RecoveryReport report, bool isDry)
    {
        foreach (var (condition, text) in Texts)
        {
            var kept = report.KeptOf(condition);
            if (kept.Count == 0) continue;
            var total = report.Of(condition);
            yield return $"{text}: {total:N0}{(total > kept.Count ? $", the first {kept.Count}" : "")}";
            foreach (var one in kept) yield return $"  {one.Stream}: {one.Says}";
        }

        foreach (var (stream, from, to) in report.Lost.Take(RecoveryReport.KeptPerKind)) yield return $"lost: {stream}: versions {from} to {to}, whose commands are no longer on the command stream";
        foreach (var (stream, why) in report.Failed.Take(RecoveryReport.KeptPerKind)) yield return $"left as it is: {stream}: {why}";
        if (report.Unreadable > 0) yield return $"{report.Unreadable:N0} unreadable records {(isDry ? "would be" : "were")} recorded as refused again";
        var would = isDry ? " would be" : "";
        yield return $"recover: {report.Streams:N0} streams, {report.Records:N0} records:{would} {report.Of(StreamCondition.LogIncomplete):N0} completed in the log, {report.Tips:N0} tips made from the log, "
            + $"{report.Commands:N0} commands to decide again, {report.Lost.Count:N0} streams with lost versions, {report.Failed.Count:N0} left as they are";
        if (isDry && report.HasWork) yield return "Nothing was written. Run it with --apply to do it.";
    }

    private static readonly (StreamCondition Condition, string Text)[] Texts =
    [
        (StreamCondition.LogIncomplete, "The log takes the newest commit from the tip"),
        (StreamCondition.TipAhead, "The tip goes back to the log"),
        (StreamCondition.TipBehind, "The tip is made from the log"),
    ];
}
