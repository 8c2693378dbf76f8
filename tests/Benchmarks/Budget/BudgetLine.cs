namespace ServerlessCqrs.Benchmarks.Budget;

/// <summary>A figure that does not depend on the speed of the machine.</summary>
/// <param name="Name">The measured operation and the counted unit.</param>
internal sealed record BudgetLine(
    string Name,
    double Value)
{
    /// <summary>Allocations vary slightly between runs: ids are random, and the runtime recompiles hot code.</summary>
    public double Tolerance => Name.EndsWith(Measurements.Allocated, StringComparison.Ordinal) ? 0.03 : 0.005;

    public bool IsAbove(double allowed) => Value > allowed * (1 + Tolerance);

    /// <summary>Whether the saving is large enough to update the file.</summary>
    public bool IsWellBelow(double allowed) => Value < allowed * (1 - (2 * Tolerance));
}
