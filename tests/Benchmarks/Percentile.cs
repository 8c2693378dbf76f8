namespace ServerlessCqrs.Benchmarks;

/// <summary>Percentiles by the nearest rank: each is a figure that was measured.</summary>
internal static class Percentile
{
    /// <param name="sorted">Ascending, and not empty.</param>
    /// <param name="share">Above 0, up to 1.</param>
    public static double Of(IReadOnlyList<double> sorted, double share) => sorted[(int)Math.Ceiling(share * sorted.Count) - 1];
}
