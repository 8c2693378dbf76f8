namespace ServerlessCqrs.Simulation.Seeded;

/// <summary>Plants every fault in a copy of the repository, and prints which spec catches it.</summary>
internal static class SeededTable
{
    /// <summary>
    /// Prints the table row by row. Returns false if a spec fails without its fault, or passes with it.
    /// </summary>
    public static bool Print(TextWriter to, IReadOnlyList<SeededFault> faults)
    {
        using var copy = ScratchCopy.Make(faults.Select(fault => fault.SpecProject).Distinct());
        to.WriteLine("| fault | caught by | tests failed |");
        to.WriteLine("|---|---|---|");
        var areAllCaught = true;
        foreach (var fault in faults)
        {
            var without = copy.RunSpec(fault);
            var with = copy.RunSpecWith(fault);
            var isCaught = without is { Total: > 0, Failed: 0 } && with is { Total: > 0, Failed: > 0 };
            areAllCaught &= isCaught;
            to.WriteLine($"| {fault.Name} | {fault.CaughtBy} | {(isCaught ? $"{with.Failed} of {with.Total}" : $"NOT CAUGHT: without it {without.Failed} of {without.Total} failed, with it {with.Failed} of {with.Total}")} |");
            to.Flush();
        }

        return areAllCaught;
    }
}
