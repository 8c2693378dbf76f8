using System.Diagnostics;
using ServerlessCqrs.Operating.Mails;
using ServerlessCqrs.Operating.Queues;
using Spectre.Console;

namespace ServerlessCqrs.Operating.Verify;

/// <summary>Shows a verification: progress, differences and a summary line.</summary>
/// <param name="quiet">Whether to hide the progress.</param>
internal sealed class VerifyScreen(IAnsiConsole console, bool quiet)
{
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(5);

    public async Task<VerifyReport> RunAsync(Func<Action<int>, Task<VerifyReport>> verify)
    {
        if (quiet) return await verify(_ => { });
        if (console.Profile.Capabilities is { Interactive: true, Ansi: true })
            return await console.Status().StartAsync("verifying", status => verify(streams => status.Status($"verified {streams:N0} streams")));

        var line = Stopwatch.GetTimestamp();
        return await verify(streams =>
        {
            if (Stopwatch.GetElapsedTime(line) < BetweenLines) return;
            line = Stopwatch.GetTimestamp();
            Write($"verified {streams:N0} streams");
        });
    }

    public void Show(VerifyReport report, IReadOnlyList<QueueDepth> queues, MailCounts mails)
    {
        foreach (var kind in report.Kept.GroupBy(difference => difference.Kind))
        {
            var total = report.Totals[kind.Key];
            Write($"{kind.Key}: {total:N0}{(total > kind.Count() ? $", the first {kind.Count()}" : "")}");
            foreach (var difference in kind) Write($"  {difference.Stream}: {difference.Text}");
        }

        if (report.Totals.ContainsKey(Differences.ItemOutdated)) Write("item_outdated is no fault: an earlier version wrote these items. rebuild MODEL --all brings them to today's shape");
        if (report.NotLoggedYet > 0) Write($"{report.NotLoggedYet:N0} events are in a tip and not in the log yet");
        foreach (var queue in queues.Where(queue => queue.All > 0))
            Write($"{queue.Name}: {queue.Visible:N0} wait, {queue.InFlight:N0} are in flight, {queue.Delayed:N0} are delayed{(queue.IsDeadLetters ? ": dead letters, look at them" : "")}");
        if (mails.Unknown > 0) Write($"{mails.Unknown:N0} mails are unknown: operator mails unknown lists them");
        if (mails.Undeliverable > 0)
            Write($"{mails.Undeliverable:N0} mails are undeliverable: operator mails undeliverable lists them");
        Write(Summary(report));
    }

    public static string Summary(VerifyReport report) =>
        $"verify: {report.Streams:N0} streams, {report.Events:N0} events, {report.Commands:N0} commands, {report.Items:N0} items: {(report.IsClean ? "clean" : $"{report.Wrong:N0} differences")}";

    private void Write(string line) => console.Profile.Out.Writer.WriteLine(line);
}
