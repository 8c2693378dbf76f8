using ServerlessCqrs.Simulation.Runs;
using ServerlessCqrs.Simulation.Scene;

namespace ServerlessCqrs.Simulation;

public sealed class SeedSpecs(ITestOutputHelper output)
{
    // As many as a test run has time for. CI runs a thousand, and the command line any number.
    private const int Seeds = 30;

    /// <summary>The first seeds, on all cores. Their hash is also compared with that of another process.</summary>
    internal static Lazy<Sweep> First { get; } = new(() => Play(from: 1, DeterminismSpecs.Seeds));

    [Fact]
    public void Seeds_of_200_commands_break_nothing()
    {
        foreach (var sweep in new[] { First.Value, Play(from: 1 + DeterminismSpecs.Seeds, Seeds - DeterminismSpecs.Seeds) })
        {
            output.WriteLine(sweep.Describe(sweep.Took));
            Assert.True(sweep.Failure is null, sweep.Failure is { } failure ? Shrinker.Report(failure, Parts.Right) : "");
        }
    }

    [Fact]
    public void A_story_is_told_whole()
    {
        var outcome = Outcome.Of(seed: 7, commands: 200);
        Assert.Null(outcome.Violation);
        Assert.InRange(outcome.Outcomes, 100, 800);
        var timeline = outcome.Timeline.Print(null, int.MaxValue);
        foreach (var happening in (string[])["sent", "on the stream", "committed", "logged", "published", "projected", "mailed", "invalidated", "killed", "faults stop"])
            Assert.Contains(happening, timeline, StringComparison.Ordinal);
    }

    private static Sweep Play(ulong from, int seeds)
    {
        var sweep = Sweep.Run(from, seeds, commands: 200, threads: Math.Max(2, Environment.ProcessorCount), Parts.Right, TimeSpan.MaxValue);
        Assert.True(sweep.Failure is not null || sweep.Seeds == seeds, $"{sweep.Seeds} of {seeds} seeds were played");
        return sweep;
    }
}
