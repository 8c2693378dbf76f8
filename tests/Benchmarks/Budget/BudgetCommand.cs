using System.CommandLine;
using System.Globalization;
using System.Text.Json;

namespace ServerlessCqrs.Benchmarks.Budget;

/// <summary>
/// Compares the costs of commands, events and reads with the checked-in file. It does not compare times, because
/// machines differ.
/// </summary>
internal static class BudgetCommand
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true };

    public static Command Create()
    {
        var file = new Option<FileInfo>("--file") { Description = "The figures that are allowed.", HelpName = "FILE", DefaultValueFactory = _ => new FileInfo(Path.Combine("tests", "Benchmarks", "budget.json")) };
        var renew = new Option<bool>("--renew") { Description = "Write the file with today's figures, instead of comparing them." };
        var command = new Command("budget", "Allocations, AWS calls, units and bytes of a command, an event and a read, compared with those allowed: exit code 1 if one has risen. Half a minute.") { file, renew };
        command.SetAction(async (parsed, ct) => await RunAsync(parsed.GetRequiredValue(file).FullName, parsed.GetValue(renew), ct));
        return command;
    }

    private static async Task<int> RunAsync(string file, bool renew, CancellationToken ct)
    {
        if (!renew && !File.Exists(file)) return Fail($"There is no {file}. Start this in the repository's folder, or name the file with --file.");
        var lines = await Measurements.TakeAsync(ct);
        if (renew)
        {
            await File.WriteAllTextAsync(file, JsonSerializer.Serialize(lines.ToDictionary(line => line.Name, line => Math.Round(line.Value, 4)), Json) + "\n", ct);
            Console.WriteLine($"Wrote {file}.");
            return 0;
        }

        var allowed = JsonSerializer.Deserialize<Dictionary<string, double>>(await File.ReadAllTextAsync(file, ct))!;
        foreach (var line in lines) Print(line, allowed);
        var faults = lines.Where(line => !allowed.TryGetValue(line.Name, out var value) || line.IsAbove(value)).Select(line => line.Name)
            .Concat(allowed.Keys.Except(lines.Select(line => line.Name)))
            .ToList();
        return faults.Count == 0 ? 0 : Fail($"Risen, or not the file's: {string.Join("; ", faults)}. Find the cause; if it is worth it, run this with --renew and say why in the commit.");
    }

    private static void Print(BudgetLine line, Dictionary<string, double> allowed)
    {
        var known = allowed.TryGetValue(line.Name, out var value);
        var verdict = !known ? "NEW" : line.IsAbove(value) ? "RISEN" : line.IsWellBelow(value) ? "lower: --renew keeps it so" : "";
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{line.Name,-62} | {line.Value,10:0.####} | {(known ? value : double.NaN),10:0.####} | {verdict}"));
    }

    private static int Fail(string why)
    {
        Console.Error.WriteLine(why);
        return 1;
    }
}
