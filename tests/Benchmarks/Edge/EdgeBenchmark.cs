using System.CommandLine;
using System.Globalization;

namespace ServerlessCqrs.Benchmarks.Edge;

/// <summary>Measures the costs and the staleness of the edge for each policy, catalogue and rate of changes.</summary>
internal static class EdgeBenchmark
{
    private const int Products = 2_465;
    private const double ReadsPerSecond = 200;
    private const int Changes = 20_000;
    private const double SecondsPerMonth = 730 * 3600;

    private static readonly double[] ChangesPerSecond = [1, 100, 1_000];

    private static readonly EdgePolicy[] Policies =
    [
        new(TimeSpan.FromSeconds(30), PathsPerHour: 0),
        new(TimeSpan.FromSeconds(30), PathsPerHour: 14),
        new(TimeSpan.FromSeconds(30), PathsPerHour: null),
        new(TimeSpan.FromSeconds(10), PathsPerHour: 14),
        new(TimeSpan.FromSeconds(5), PathsPerHour: 14),
    ];

    public static Command Command()
    {
        var command = new Command(
            "edge",
            "Shows what a fresh edge costs, and how long it serves an old price, in a model of one edge location. "
                + "Takes a minute.");
        command.SetAction(_ => Run());
        return command;
    }

    private static void Run()
    {
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Products:N0} products, {ReadsPerSecond:N0} reads a second at one edge location. "
                + $"An invalidation takes effect {EdgeModel.InvalidatedAfter.TotalSeconds:0} s after its change."));
        Console.WriteLine();
        Console.WriteLine(
            "| catalogue | changes/s | policy | old price served for p50 / p99 | stale reads "
            + "| invalidations, a month | reads of the origin, a month |");
        Console.WriteLine("|---|---:|---|---:|---:|---:|---:|");
        foreach (var popularity in new[] { Popularity.Hot(Products), Popularity.Flat(Products) })
            foreach (var rate in ChangesPerSecond)
                foreach (var policy in Policies)
                    Print(popularity, rate, policy);
    }

    private static void Print(Popularity popularity, double rate, EdgePolicy policy)
    {
        var figures = new EdgeModel(policy, popularity, rate, ReadsPerSecond, seed: 1).Run(Changes);
        // A run is too short to count a few invalidations an hour.
        var paths = policy.PathsPerHour is { } allowed ? Math.Min(allowed / 3600, rate) : figures.InvalidatedPerSecond;
        var paid = Math.Max(0, (paths * SecondsPerMonth) - ListPrices.FreeInvalidations);
        var invalidations = paid * ListPrices.InvalidationPath;
        var origin = figures.FetchedPerSecond * SecondsPerMonth * ListPrices.OriginRead;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {popularity.Name} | {rate:N0} | {policy.Name} "
                + $"| {Percentile.Of(figures.OldFor, 0.5):0.0} / {Percentile.Of(figures.OldFor, 0.99):0.0} s "
                + $"| {figures.StaleShare:P1} | ${invalidations:N0} | ${origin:N0} |"));
    }
}
