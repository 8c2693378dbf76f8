using System.Globalization;
using ServerlessCqrs.Simulation.Seeded;

namespace ServerlessCqrs.Simulation.Runs;

/// <summary>
/// The seeds that killed the mutants when README's table was printed. A test run plays a mutant's own seed first.
/// Usually it still kills, and the seeds before it need not be played.
/// </summary>
internal static class KnownSeeds
{
    private static readonly Lazy<IReadOnlyDictionary<string, ulong>> ByMutant = new(Read);

    /// <summary>Returns null if the table has no seed.</summary>
    public static ulong? Of(Mutant mutant) => ByMutant.Value.TryGetValue(mutant.Name, out var seed) ? seed : null;

    private static Dictionary<string, ulong> Read()
    {
        var seeds = new Dictionary<string, ulong>();
        foreach (var line in File.ReadLines(Path.Combine(ScratchCopy.Repository, "tests", "Simulation", "README.md")))
        {
            if (line.Split('|', StringSplitOptions.TrimEntries) is ["", var name, _, var text, ""] && ulong.TryParse(text, CultureInfo.InvariantCulture, out var seed))
                seeds[name] = seed;
        }

        return seeds;
    }
}
