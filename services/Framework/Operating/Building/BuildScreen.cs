using System.Diagnostics;
using ServerlessCqrs.Projections;
using ServerlessCqrs.Projections.Building;
using Spectre.Console;

namespace ServerlessCqrs.Operating.Building;

/// <summary>Shows a build: progress, speed, estimated time left, stuck streams and a summary line.</summary>
internal sealed class BuildScreen(IAnsiConsole console)
{
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(2);

    public async Task<BuildReport> RunAsync(Func<Action<BuildProgress>, Task<BuildReport>> build)
    {
        if (console.Profile.Capabilities is { Interactive: true, Ansi: true })
            return await console.Status().StartAsync("reading the log", status => build(progress => status.Status(Markup.Escape(Tell(progress)))));

        var line = Stopwatch.GetTimestamp();
        return await build(progress =>
        {
            if (Stopwatch.GetElapsedTime(line) < BetweenLines) return;
            line = Stopwatch.GetTimestamp();
            Write(Tell(progress));
        });
    }

    /// <returns>The exit code of the build.</returns>
    public int Show(ReadModel model, BuildReport report)
    {
        foreach (var (stream, reason) in report.Stuck) Write($"  {stream}: {reason}");
        if (report.StuckStreams > report.Stuck.Count) Write($"  and {report.StuckStreams - report.Stuck.Count:N0} more");
        Write(Summary(model, report));
        return report.StuckStreams == 0 ? ExitCodes.Good : ExitCodes.NotGood;
    }

    public static string Tell(BuildProgress progress) =>
        $"{progress.Streams:N0} of {progress.TotalStreams:N0} streams, {progress.Events:N0} of {progress.TotalEvents:N0} events, {progress.EventsPerSecond:N0} events/s{(progress.Remaining is { } left ? $", about {left.TotalSeconds:0} s left" : "")}";

    public static string Summary(ReadModel model, BuildReport report) =>
        $"{model.Name}: {report.Streams:N0} streams, {report.Events:N0} events in {report.Elapsed.TotalSeconds:0.0} s ({report.Events / Math.Max(report.Elapsed.TotalSeconds, 0.001):N0}/s); {report.Ahead:N0} were ahead of the log, {report.StuckStreams:N0} are stuck{(report.Strays > 0 ? $"; {report.Strays:N0} stray index entries are deleted" : "")}";

    private void Write(string line) => console.Profile.Out.Writer.WriteLine(line);
}
