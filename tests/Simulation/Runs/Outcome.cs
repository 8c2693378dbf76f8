using ServerlessCqrs.Simulation.Machinery;
using ServerlessCqrs.Simulation.Scene;

namespace ServerlessCqrs.Simulation.Runs;

/// <summary>The result of one seed.</summary>
public sealed record Outcome(
    ulong Seed,
    int Commands,
    ulong Hash,
    TimeSpan VirtualTime,
    long Steps,
    int Outcomes,
    IReadOnlyList<string> Faults,
    Violation? Violation,
    Timeline Timeline)
{
    /// <summary>
    /// Runs a seed on the calling thread. The same arguments give the same outcome on any machine at any time.
    /// </summary>
    public static Outcome Of(ulong seed, int commands, Parts? parts = null, FaultPlan? plan = null)
    {
        var story = new Story(seed, commands, plan ?? FaultPlan.All, parts ?? Parts.Right);
        story.Play();
        var (simulator, truth) = (story.World.Simulator, story.World.Truth);
        return new Outcome(
            seed,
            commands,
            simulator.Timeline.Hash,
            TimeSpan.FromTicks(simulator.Now),
            simulator.Steps,
            truth.Streams.Values.Sum(stream => stream.Outcomes.Count),
            story.World.Dice.Happened,
            simulator.Violation,
            simulator.Timeline);
    }
}
