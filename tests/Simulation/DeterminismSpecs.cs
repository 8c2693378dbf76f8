using System.Diagnostics;
using System.Reflection;
using System.Text.RegularExpressions;
using ServerlessCqrs.Simulation.Machinery;
using ServerlessCqrs.Simulation.Runs;
using ServerlessCqrs.Simulation.Scene;

namespace ServerlessCqrs.Simulation;

public sealed partial class DeterminismSpecs
{
    internal const int Seeds = 10;

    [Fact]
    public void The_same_seed_has_the_same_timeline()
    {
        var (once, again) = (Outcome.Of(42, 200), Outcome.Of(42, 200));
        Assert.Equal(once.Timeline.Print(null, int.MaxValue), again.Timeline.Print(null, int.MaxValue));
        Assert.Equal(once.Hash, again.Hash);
        Assert.NotEqual(once.Hash, Outcome.Of(43, 200).Hash);
    }

    [Fact]
    public void The_same_seeds_have_the_same_timelines_in_another_process_and_on_other_threads()
    {
        var here = SeedSpecs.First.Value;
        Assert.Equal(here.Hash.ToString("x16", null), HashOfAnotherProcess());
    }

    [Fact]
    public void A_failure_comes_again_from_its_faults_alone_and_with_fewer_of_them()
    {
        var mutant = Mutants.All.Single(mutant => mutant.Name == "the answer does not wait for Kinesis");
        var failure = MutantTable.KillSoon(mutant) ?? throw new InvalidOperationException("It survived.");
        var small = Shrinker.Shrink(failure, mutant.Parts);
        Assert.Equal(failure.Violation!.Invariant, small.Violation!.Invariant);
        Assert.True(small.Commands < failure.Commands && small.Faults.Count < failure.Faults.Count, $"{small.Commands} commands, {small.Faults.Count} faults");
        var again = Outcome.Of(failure.Seed, small.Commands, mutant.Parts, new FaultPlan(small.Faults.ToHashSet()));
        Assert.Equal(small.Hash, again.Hash);
    }

    private static string HashOfAnotherProcess()
    {
        var dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        using var process = Process.Start(new ProcessStartInfo(dotnet, [Assembly.GetExecutingAssembly().Location, "--seeds", $"{Seeds}", "--from", "1", "--threads", "1"]) { RedirectStandardOutput = true })!;
        var said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return Timelines().Matches(said)[^1].Groups[1].Value;
    }

    [GeneratedRegex("timelines ([0-9a-f]{16})")]
    private static partial Regex Timelines();
}
