using ServerlessCqrs.Simulation.Runs;
using ServerlessCqrs.Simulation.Scene;

namespace ServerlessCqrs.Simulation;

public sealed class SeedSpecs(ITestOutputHelper output)
{
    // What a test run has time for; CI runs a thousand, and the command line as many as are wanted.
    private const int Seeds = 30;

    [Fact]
    public void Seeds_of_200_commands_break_nothing()
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var sweep = Sweep.Run(from: 1, seeds: Seeds, commands: 200, threads: Environment.ProcessorCount, Parts.Right, TimeSpan.MaxValue);
        output.WriteLine(sweep.Describe(watch.Elapsed));
        Assert.True(sweep.Failure is null, sweep.Failure is { } failure ? Shrinker.Report(failure, Parts.Right) : "");
        Assert.Equal(Seeds, sweep.Seeds);
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
}
