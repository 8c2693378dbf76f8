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
        var file = new Option<FileInfo>("--file") { Description = "The file with the allowed figures.", HelpName = "FILE", DefaultValueFactory = _ => new FileInfo(Path.Combine("tests", "Benchmarks", "budget.json")) };
        var renew = new Option<bool>("--renew") { Description = "Write the measured figures into the file instead of comparing them." };
        var command = new Command("budget", "Compares allocations, AWS calls, capacity units and bytes of a command, an event and a read with the allowed figures. Exits with 1 if one is higher. Takes half a minute.") { file, renew };
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
        return faults.Count == 0 ? 0 : Fail($"Higher than allowed, or missing in the file or in the measurement: {string.Join("; ", faults)}. Find the cause. If the cost is justified, run this with --renew and give the reason in the commit.");
    }

    private static void Print(BudgetLine line, Dictionary<string, double> allowed)
    {
        var known = allowed.TryGetValue(line.Name, out var value);
        var verdict = !known ? "NEW" : line.IsAbove(value) ? "RISEN" : line.IsWellBelow(value) ? "lower: keep it with --renew" : "";
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{line.Name,-62} | {line.Value,10:0.####} | {(known ? value : double.NaN),10:0.####} | {verdict}"));
    }

    private static int Fail(string why)
    {
        Console.Error.WriteLine(why);
        return 1;
    }
}
