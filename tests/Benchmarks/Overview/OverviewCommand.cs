using System.CommandLine;
using System.Globalization;
using ServerlessCqrs.Benchmarks.Reads;

namespace ServerlessCqrs.Benchmarks.Overview;

/// <summary>
/// Measures every line of the benchmark table in one run and prints it in Markdown. It does not measure the build and
/// the tests.
/// </summary>
internal static class OverviewCommand
{
    private static readonly string[] Parts = ["writes", "reads", "stack", "import"];

    public static Command Create()
    {
        var file = new Argument<FileInfo?>("FILE")
        {
            Description = "A YAML catalogue to import. Default: 2,465 invented products.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var only = new Option<string[]>("--only")
        {
            Description = $"Measure these parts only: {string.Join(", ", Parts)}.",
            HelpName = "PART",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => Parts,
        };
        only.AcceptOnlyFromAmong(Parts);
        var command = new Command("table", "Measures the whole benchmark table, and prints it in Markdown with the goal of each line. Starts its own local stacks and verifies each. Takes ten minutes.") { file, only };
        command.SetAction((parsed, ct) => Failures.ReportAsync(() => RunAsync(parsed.GetValue(file)?.FullName, parsed.GetRequiredValue(only), ct)));
        return command;
    }

    private static async Task RunAsync(string? file, IReadOnlyCollection<string> parts, CancellationToken ct)
    {
        List<OverviewLine> lines = [];
        List<string> notes = [];
        if (parts.Contains("writes")) await WriteLines.AddAsync(lines);
        if (parts.Contains("reads")) await ReadLinesAsync(lines, file, ct);
        if (parts.Contains("stack")) await StackLines.AddAsync(lines, notes, ct);
        if (parts.Contains("import")) await ImportLines.AddAsync(lines, file, ct);

        Console.WriteLine();
#if DEBUG
        Console.WriteLine("This is a Debug build: its figures mean nothing. Use -c Release.");
#endif
        Console.WriteLine("| what | measured | goal | met |");
        Console.WriteLine("|---|---|---|---|");
        foreach (var line in lines) Console.WriteLine(line);
        foreach (var note in notes) Console.WriteLine($"\n{note}");
    }

    private static async Task ReadLinesAsync(List<OverviewLine> lines, string? file, CancellationToken ct)
    {
        var (perSecond, ratio) = await ReadBenchmark.RunAsync(file, ct);
        lines.Add(OverviewLine.Told("QueryApi with products in memory: requests/s", perSecond.ToString("N0", CultureInfo.InvariantCulture)));
        lines.Add(OverviewLine.AtLeast("the same as a share of a bare Kestrel", ratio, 0.7, format: "0.00"));
    }
}
