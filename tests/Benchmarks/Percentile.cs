namespace ServerlessCqrs.Benchmarks;

/// <summary>Percentiles by nearest rank: each is a measured figure.</summary>
internal static class Percentile
{
    /// <param name="sorted">Ascending and not empty.</param>
    /// <param name="share">Above 0, up to 1.</param>
    public static double Of(IReadOnlyList<double> sorted, double share) => sorted[(int)Math.Ceiling(share * sorted.Count) - 1];
}
