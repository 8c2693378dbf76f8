using System.CommandLine;
using ServerlessCqrs.LocalRuntime.Stack;
using ServerlessCqrs.Simulation.Runs;

namespace ServerlessCqrs.Journeys.Chaos;

/// <summary>Runs chaos for the given time, outside of tests.</summary>
internal static class ChaosCommandLine
{
    private static readonly Option<TimeSpan?> Chaos = new("--chaos") { Description = "How long: 90s, 10m, 1.5h. The checks afterwards take up to two minutes more.", HelpName = "TIME", CustomParser = Duration.Parse, Required = true };
    private static readonly Option<ulong> Seed = new("--seed") { Description = "Seed of the random plan. Real processes do not repeat a run exactly.", HelpName = "SEED", DefaultValueFactory = _ => 1, CustomParser = Number.Between(0UL, ulong.MaxValue) };

    /// <summary>True if these arguments are for this program and not for the test runner.</summary>
    public static bool IsMeant(string[] args) => args.Any(arg => arg is "--chaos" or "--seed" or "--help" or "-h") && !args.Contains("--server");

    /// <returns>0 if every check passed.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand("Kills, stops and disconnects the processes of a new local stack under load, then checks its guarantees. Without options, or with options of the test runner (-?), it runs the journeys.") { Chaos, Seed };
        root.SetAction(async (parsed, _) => await ExecuteAsync(parsed.GetValue(Chaos)!.Value, parsed.GetValue(Seed)));
        return await root.Parse(args).InvokeAsync();
    }

    private static async Task<int> ExecuteAsync(TimeSpan duration, ulong seed)
    {
        var (holds, report) = await new ChaosRun(seed, duration).ExecuteAsync(Console.Out);
        Console.WriteLine(report);
        return holds ? 0 : 1;
    }
}
