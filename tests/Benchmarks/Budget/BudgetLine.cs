namespace ServerlessCqrs.Benchmarks.Budget;

/// <summary>A figure that does not depend on how fast the machine is.</summary>
/// <param name="Name">What was done, and what is counted.</param>
internal sealed record BudgetLine(
    string Name,
    double Value)
{
    /// <summary>Allocations differ a little from run to run: ids are random, and code is compiled again while it runs.</summary>
    public double Tolerance => Name.EndsWith(Measurements.Allocated, StringComparison.Ordinal) ? 0.03 : 0.005;

    public bool IsAbove(double allowed) => Value > allowed * (1 + Tolerance);

    /// <summary>Whether so much was saved that the file should hold it.</summary>
    public bool IsWellBelow(double allowed) => Value < allowed * (1 - (2 * Tolerance));
}
