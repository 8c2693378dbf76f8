using System.Diagnostics;
using Spectre.Console;

namespace ServerlessCqrs.Operator.Import;

/// <summary>What a person sees of an import: a bar with rate and time left on a terminal, a line now and then elsewhere, and a table at the end.</summary>
internal sealed class ImportScreen(IAnsiConsole console)
{
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(5);

    public async Task<ImportReport> RunAsync(int products, bool waitVisible, Func<Action<ImportProgress>, Task<ImportReport>> import)
    {
        var began = Stopwatch.GetTimestamp();
        if (console.Profile.Capabilities is { Interactive: true, Ansi: true })
        {
            return await console.Progress()
                .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
                .StartAsync(async bars =>
                {
                    var decided = bars.AddTask("decided", maxValue: products);
                    var visible = waitVisible ? bars.AddTask("visible", maxValue: products) : null;
                    return await import(progress =>
                    {
                        decided.Value = progress.Decided;
                        visible?.Value = progress.Visible;
                        decided.Description = $"decided {progress.Decided:N0} of {products:N0}, {Rate(progress.Decided, began):N0}/s";
                    });
                });
        }

        var line = began;
        return await import(progress =>
        {
            if (Stopwatch.GetElapsedTime(line) < BetweenLines) return;
            line = Stopwatch.GetTimestamp();
            var done = waitVisible ? progress.Visible : progress.Decided;
            var rate = Rate(done, began);
            Write($"decided {progress.Decided:N0}{(waitVisible ? $", visible {progress.Visible:N0}" : "")} of {products:N0}, {rate:N0}/s{(rate > 0 ? $", about {(products - done) / rate:0} s left" : "")}");
        });
    }

    public void Show(CatalogueSurvey survey, ImportReport report, TimeSpan took)
    {
        var table = new Table().AddColumns(new TableColumn("products"), new TableColumn("").RightAligned());
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

        Write($"{report.Applied + report.Unchanged:N0} of {survey.Products + survey.Broken.Count:N0} are there, after {took.TotalSeconds:0.0} s{(report.Sent > 0 ? $" ({report.Sent / Math.Max(took.TotalSeconds, 0.001):N0} commands/s)" : "")}.");
        if (survey.Capped.Count == 0) return;
        Write($"{survey.Capped.Count:N0} cost more than the shop allows, and have the highest price that it does:");
        foreach (var product in survey.Capped) Write($"  {product.Command.Name} ({product.Stream}): {product.PriceInFile:N2} in the file, {product.Command.Price.Amount:N2} here");
    }

    public void Show(IReadOnlyList<BrokenEntry> broken)
    {
        foreach (var entry in broken) Write($"line {entry.Line}: not imported: {entry.Reason}");
    }

    /// <summary>Whole, whatever the width: a line that is cut in two cannot be searched for.</summary>
    public void Write(string line) => console.Profile.Out.Writer.WriteLine(line);

    private static double Rate(int count, long since) => count / Math.Max(Stopwatch.GetElapsedTime(since).TotalSeconds, 0.001);
}
