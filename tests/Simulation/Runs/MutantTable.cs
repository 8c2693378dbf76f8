using ServerlessCqrs.Simulation.Scene;

namespace ServerlessCqrs.Simulation.Runs;

/// <summary>Prints which invariant killed which mutant, and after how many seeds.</summary>
public static class MutantTable
{
    /// <summary>A mutant that survives longer shows that a check is missing.</summary>
    public const int MostSeeds = 200;

    private const int Commands = 200;

    /// <summary>
    /// Returns the first seed that kills the mutant, or null if none of the first <see cref="MostSeeds"/> does.
    /// </summary>
    public static Outcome? Kill(Mutant mutant) => Kill(mutant, Enumerable.Range(1, MostSeeds).Select(seed => (ulong)seed));

    /// <summary>Returns any seed that kills the mutant: the one in README's table, or else the first.</summary>
    public static Outcome? KillSoon(Mutant mutant) =>
        (KnownSeeds.Of(mutant) is { } known and <= MostSeeds ? Kill(mutant, [known]) : null) ?? Kill(mutant);

    private static Outcome? Kill(Mutant mutant, IEnumerable<ulong> seeds) => seeds
        .Where(seed => !mutant.NeedsCalm || World.IsCalm(seed))
        .Where(seed => !mutant.NeedsBrowsers || World.HasBrowsers(seed))
        .Select(seed => Outcome.Of(seed, Commands, mutant.Parts))
        .FirstOrDefault(outcome => outcome.Violation is not null);

    /// <summary>
    /// Prints the table. Returns false if a mutant survived, or was killed by an unrelated invariant.
    /// </summary>
    public static bool Print(TextWriter to, IReadOnlyList<Mutant> mutants)
    {
        var all = mutants.AsParallel().AsOrdered().WithDegreeOfParallelism(Environment.ProcessorCount).Select(mutant => (Mutant: mutant, Killed: Kill(mutant))).ToList();
        to.WriteLine("| mutant | killed by | seeds |");
        to.WriteLine("|---|---|---|");
        foreach (var (mutant, killed) in all)
            to.WriteLine($"| {mutant.Name} | {killed?.Violation!.Invariant ?? "SURVIVED"}{(killed is null || mutant.CaughtBy.Contains(killed.Violation!.Invariant) ? "" : " (NOT EXPECTED)")} | {killed?.Seed.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? $"> {MostSeeds}"} |");
        return all.TrueForAll(row => row.Killed is { Violation: { } violation } && row.Mutant.CaughtBy.Contains(violation.Invariant));
    }
}
