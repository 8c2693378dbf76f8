using System.Diagnostics;
using Spectre.Console;

namespace ServerlessCqrs.Operator.Import;

/// <summary>
/// Shows an import. A terminal shows a bar with rate and time left; other outputs get a line from time to time. A table
/// follows at the end.
/// </summary>
/// <param name="what">The plural name of the imported items.</param>
internal sealed class ImportScreen(IAnsiConsole console, string what)
{
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(5);

    public void Begin(FileSurvey survey)
    {
        Write($"importing {survey.Items:N0} {what}");
        if (survey.LeftOut.Count > 0) Write($"fields that are not imported: {string.Join(", ", survey.LeftOut.Select(field => $"{field.Key} ({field.Value:N0})"))}");
        foreach (var entry in survey.Broken) Write($"line {entry.Line}: not imported: {entry.Reason}");
    }

    /// <param name="sequel">The name of the awaited effect; null if there is none.</param>
    public async Task<ImportReport> RunAsync(int items, string? sequel, Func<Action<ImportProgress>, Task<ImportReport>> import)
    {
        var began = Stopwatch.GetTimestamp();
        if (console.Profile.Capabilities is { Interactive: true, Ansi: true })
        {
            return await console.Progress()
                .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
                .StartAsync(async bars =>
                {
                    var decided = bars.AddTask("decided", maxValue: items);
                    var followed = sequel is null ? null : bars.AddTask(sequel, maxValue: items);
                    return await import(progress =>
                    {
                        decided.Value = progress.Decided;
                        followed?.Value = progress.Followed;
                        decided.Description = $"decided {progress.Decided:N0} of {items:N0}, {Rate(progress.Decided, began):N0}/s";
                    });
                });
        }

        var line = began;
        return await import(progress =>
        {
            if (Stopwatch.GetElapsedTime(line) < BetweenLines) return;
            line = Stopwatch.GetTimestamp();
            var done = sequel is null ? progress.Decided : progress.Followed;
            var rate = Rate(done, began);
            Write($"decided {progress.Decided:N0}{(sequel is null ? "" : $", {sequel} {progress.Followed:N0}")} of {items:N0}, {rate:N0}/s{(rate > 0 ? $", about {(items - done) / rate:0} s left" : "")}");
        });
    }

    public void Show(FileSurvey survey, ImportReport report, TimeSpan took)
    {
        var table = new Table().AddColumns(new TableColumn(what), new TableColumn("").RightAligned());
        table.AddRow("applied", $"{report.Applied:N0}");
        table.AddRow("unchanged (there already)", $"{report.Unchanged:N0}");
        foreach (var (code, (count, _)) in report.Refused) table.AddRow(Markup.Escape($"refused: {code}"), $"{count:N0}");
        if (survey.Broken.Count > 0) table.AddRow("not imported: broken", $"{survey.Broken.Count:N0}");
        console.Write(table);
        foreach (var (code, (count, examples)) in report.Refused)
        {
            Write($"refused as {code}{(count > examples.Count ? $", the first {examples.Count} of {count:N0}" : "")}:");
            foreach (var example in examples) Write($"  {example}");
        }

        Write($"{report.Applied + report.Unchanged:N0} of {survey.Items + survey.Broken.Count:N0} are there, after {took.TotalSeconds:0.0} s{(report.Sent > 0 ? $" ({report.Sent / Math.Max(took.TotalSeconds, 0.001):N0} commands/s)" : "")}.");
    }

    public void Show(IReadOnlyList<CatalogueProduct> capped)
    {
        if (capped.Count == 0) return;
        Write($"{capped.Count:N0} cost more than the shop allows, and have the highest price that it does:");
        foreach (var product in capped) Write($"  {product.Command.Name} ({product.Stream}): {product.PriceInFile:N2} in the file, {product.Command.Price.Amount:N2} here");
    }

    /// <param name="ends">The number of orders by status.</param>
    public void Show(IReadOnlyDictionary<string, int> ends)
    {
        foreach (var (end, count) in ends) Write($"{end}: {count:N0}");
    }

    /// <summary>Writes a line without wrapping: a search does not find a wrapped line.</summary>
    public void Write(string line) => console.Profile.Out.Writer.WriteLine(line);

    private static double Rate(int count, long since) => count / Math.Max(Stopwatch.GetElapsedTime(since).TotalSeconds, 0.001);
}
