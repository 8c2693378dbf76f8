using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using ServerlessCqrs.LocalRuntime.Stack;
using ServerlessCqrs.Simulation.Scene;
using ServerlessCqrs.Simulation.Seeded;

namespace ServerlessCqrs.Simulation.Runs;

/// <summary>Runs the program outside of tests: many seeds, one seed, or the table of mutants.</summary>
internal static class CommandLine
{
    private static readonly Option<int> Seeds = new("--seeds") { Description = "Play this many seeds.", HelpName = "N", DefaultValueFactory = _ => 1000, CustomParser = Number.Between(1, int.MaxValue) };
    private static readonly Option<TimeSpan?> For = new("--for") { Description = "Play as many seeds as fit into this time, for example 90s, 10m or 1.5h.", HelpName = "TIME", CustomParser = Duration.Parse };
    private static readonly Option<ulong> From = new("--from") { Description = "The first seed.", HelpName = "SEED", DefaultValueFactory = _ => 1, CustomParser = Number.Between(0UL, ulong.MaxValue) };
    private static readonly Option<ulong?> Seed = new("--seed") { Description = "Play one seed and print its timeline.", HelpName = "SEED", CustomParser = argument => Number.Between(0UL, ulong.MaxValue)(argument) };
    private static readonly Option<string?> Faults = new("--faults") { Description = "With --seed: only these faults, as a failing run names them, separated by commas.", HelpName = "A,B" };
    private static readonly Option<int> Commands = new("--commands") { Description = "Commands that clients send per seed.", HelpName = "N", DefaultValueFactory = _ => 200, CustomParser = Number.Between(1, int.MaxValue) };
    private static readonly Option<int> Threads = new("--threads") { Description = "Seeds to play in parallel. Timelines do not depend on it.", HelpName = "N", DefaultValueFactory = _ => Environment.ProcessorCount, CustomParser = Number.Between(1, 1_000) };
    private static readonly Option<bool> MutantTable = new("--mutants") { Description = "Print the invariant that catches each deliberate bug. Fails if none catches one." };
    private static readonly Option<string?> Mutant = new("--mutant") { Description = "Play with one deliberate bug.", HelpName = "NAME" };

    private static readonly Option<bool> SeededTable = new("--seeded") { Description = "Put each fault outside the simulation into a copy of the last commit, and print the spec that catches it. Fails if a spec does not. Takes twenty minutes." };
    private static readonly Option<string?> OneSeeded = new("--only") { Description = "With --seeded: only faults whose name or file contains one of these texts, separated by commas.", HelpName = "A,B" };

    private static readonly IReadOnlyList<Option> Own = [Seeds, For, From, Seed, Faults, Commands, Threads, MutantTable, Mutant, SeededTable, OneSeeded];

    /// <summary>True if these arguments are for this program and not for the test runner.</summary>
    public static bool IsMeant(string[] args) => args.Any(arg => arg is "--help" or "-h" || Own.Any(option => option.Name == arg)) && !args.Contains("--server");

    /// <returns>0 if no invariant broke.</returns>
    public static int Run(string[] args)
    {
        Mutant.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is { } name && Mutants.All.All(mutant => mutant.Name != name)) result.AddError($"There is no mutant '{name}'. --mutants lists all mutants.");
        });
        var root = new RootCommand("Plays the shop in simulated worlds with random faults, one world per seed. Fails if an invariant is broken. Use -c Release. Without options, or with options of the test runner (-?), it runs its tests.");
        foreach (var option in Own) root.Options.Add(option);
        root.SetAction(Execute);
        return root.Parse(args).Invoke();
    }

    private static int Execute(ParseResult parsed)
    {
        var only = parsed.GetValue(OneSeeded)?.Split(',', StringSplitOptions.RemoveEmptyEntries) ?? [""];
        if (parsed.GetValue(SeededTable)) return Seeded.SeededTable.Print(Console.Out, [.. SeededFaults.All.Where(fault => only.Any(text => fault.Name.Contains(text, StringComparison.Ordinal) || fault.File.Contains(text, StringComparison.Ordinal)))]) ? 0 : 1;
        var mutant = parsed.GetValue(Mutant);
        if (parsed.GetValue(MutantTable)) return Runs.MutantTable.Print(Console.Out, [.. Mutants.All.Where(one => mutant is null || one.Name == mutant)]) ? 0 : 1;
        var parts = mutant is null ? Parts.Right : Mutants.All.Single(one => one.Name == mutant).Parts;
        return parsed.GetValue(Seed) is { } seed ? One(seed, parsed, parts) : Many(parsed, parts, mutant);
    }

    private static int One(ulong seed, ParseResult parsed, Parts parts)
    {
        var faults = parsed.GetValue(Faults)?.Split(',', StringSplitOptions.RemoveEmptyEntries).ToHashSet();
        var outcome = Outcome.Of(seed, parsed.GetValue(Commands), parts, new Machinery.FaultPlan(faults));
        Console.WriteLine(outcome.Timeline.Print(outcome.Violation?.Stream, int.MaxValue));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seed {seed}: {outcome.Outcomes} outcomes, {outcome.Faults.Count} faults, {outcome.Steps} steps, {outcome.VirtualTime} virtual, timeline {outcome.Hash:x16}"));
        if (outcome.Violation is { } violation) Console.WriteLine($"BROKEN: {violation.Invariant}\n        {violation.Detail}");
        return outcome.Violation is null ? 0 : 1;
    }

    private static int Many(ParseResult parsed, Parts parts, string? mutant)
    {
        var time = parsed.GetValue(For);
        var watch = Stopwatch.StartNew();
        var summary = Sweep.Run(parsed.GetValue(From), time is null ? parsed.GetValue(Seeds) : int.MaxValue, parsed.GetValue(Commands), parsed.GetValue(Threads), parts, time ?? TimeSpan.MaxValue, Console.Out);
        Console.WriteLine(summary.Describe(watch.Elapsed));
        if (summary.Failure is not { } failure) return 0;
        Console.WriteLine(Shrinker.Report(failure, parts, mutant));
        return 1;
    }
}
