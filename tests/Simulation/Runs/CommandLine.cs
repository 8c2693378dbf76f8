using System.Diagnostics;
using System.Globalization;

namespace ServerlessCqrs.Simulation.Runs;

/// <summary>
/// <c>--seeds N [--from M]</c> or <c>--for 60m</c> runs many seeds, <c>--seed S [--commands C] [--faults a,b]</c> one; <c>--mutants</c> prints their table, <c>--mutant NAME</c> takes one. <c>--commands</c> is 200 unless said, <c>--threads</c> one a core.
/// </summary>
public sealed record CommandLine(
    ulong? Seed,
    ulong From,
    int Seeds,
    TimeSpan? For,
    int Commands,
    int Threads,
    IReadOnlySet<string>? Faults,
    string? Mutant,
    bool Mutants)
{
    public static CommandLine? TryRead(string[] args)
    {
        if (!args.Any(arg => arg is "--seed" or "--seeds" or "--for" or "--mutants")) return null;
        return new CommandLine(
            Value("--seed") is { } seed ? ulong.Parse(seed, CultureInfo.InvariantCulture) : null,
            ulong.Parse(Value("--from") ?? "1", CultureInfo.InvariantCulture),
            int.Parse(Value("--seeds") ?? "1000", CultureInfo.InvariantCulture),
            Value("--for") is { } time ? TimeOf(time) : null,
            int.Parse(Value("--commands") ?? "200", CultureInfo.InvariantCulture),
            int.Parse(Value("--threads") ?? Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture),
            Value("--faults")?.Split(',', StringSplitOptions.RemoveEmptyEntries).ToHashSet(),
            Value("--mutant"),
            args.Contains("--mutants"));

        string? Value(string name)
        {
            var at = Array.IndexOf(args, name);
            return at >= 0 && at + 1 < args.Length ? args[at + 1] : null;
        }
    }

    public int Execute()
    {
        if (Mutants) return MutantTable.Print(Console.Out, [.. Runs.Mutants.All.Where(mutant => Mutant is null || mutant.Name == Mutant)]) ? 0 : 1;
        var parts = Mutant is null ? Scene.Parts.Right : Runs.Mutants.All.Single(mutant => mutant.Name == Mutant).Parts;
        if (Seed is { } seed) return One(seed, parts);
        return Many(parts);
    }

    private static TimeSpan TimeOf(string text) => text[^1] switch
    {
        'h' => TimeSpan.FromHours(double.Parse(text[..^1], CultureInfo.InvariantCulture)),
        'm' => TimeSpan.FromMinutes(double.Parse(text[..^1], CultureInfo.InvariantCulture)),
        _ => TimeSpan.FromSeconds(double.Parse(text.TrimEnd('s'), CultureInfo.InvariantCulture)),
    };

    private int One(ulong seed, Scene.Parts parts)
    {
        var outcome = Outcome.Of(seed, Commands, parts, new Machinery.FaultPlan(Faults));
        Console.WriteLine(outcome.Timeline.Print(outcome.Violation?.Stream, int.MaxValue));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seed {seed}: {outcome.Outcomes} outcomes, {outcome.Faults.Count} faults, {outcome.Steps} steps, {outcome.VirtualTime} virtual, timeline {outcome.Hash:x16}"));
        if (outcome.Violation is { } violation) Console.WriteLine($"BROKEN: {violation.Invariant}\n        {violation.Detail}");
        return outcome.Violation is null ? 0 : 1;
    }

    private int Many(Scene.Parts parts)
    {
        var watch = Stopwatch.StartNew();
        var summary = Sweep.Run(From, For is null ? Seeds : int.MaxValue, Commands, Threads, parts, For ?? TimeSpan.MaxValue, Console.Out);
        Console.WriteLine(summary.Describe(watch.Elapsed));
        if (summary.Failure is not { } failure) return 0;
        Console.WriteLine(Shrinker.Report(failure, parts, Mutant));
        return 1;
    }
}
