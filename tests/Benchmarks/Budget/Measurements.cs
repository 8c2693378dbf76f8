using ServerlessCqrs.Benchmarks.Reads;

namespace ServerlessCqrs.Benchmarks.Budget;

/// <summary>Measures what a command, an event and a read cost, in bytes and calls.</summary>
internal static class Measurements
{
    public const string Allocated = "bytes allocated";

    private const int Commands = 10_000;

    public static async Task<IReadOnlyList<BudgetLine>> TakeAsync(CancellationToken ct)
    {
        List<BudgetLine> lines =
        [
            .. await CommandsAsync("command, many products, batch of 1", hot: false, batch: 1),
            .. await CommandsAsync("command, many products, batch of 1000", hot: false, batch: 1_000),
            .. await CommandsAsync("command, one product, batch of 1000", hot: true, batch: 1_000),
            new($"event folded into a product: {Allocated}", ProjectionBenchmark.Measure(100_000).BytesPerEvent),
            new($"read of a product: {Allocated}", await ReadBenchmark.BytesPerReadAsync(products: 500, requests: 10_000, ct)),
        ];
        return lines;
    }

    private static async Task<IEnumerable<BudgetLine>> CommandsAsync(string name, bool hot, int batch)
    {
        List<WritePathBenchmark.Run> runs = [];
        for (var i = 0; i < 3; i++) runs.Add(await WritePathBenchmark.MeasureAsync(hot, batch, Commands));
        var counters = runs[^1].Counters;
        return
        [
            new($"{name}: {Allocated}", runs.Min(run => run.BytesPerCommand)),
            new($"{name}: bytes stored and sent", counters.Bytes / (double)Commands),
            new($"{name}: AWS calls", counters.AwsCalls / (double)Commands),
            new($"{name}: write units", counters.WriteUnits / Commands),
            new($"{name}: read units", counters.ReadUnits / Commands),
            new($"{name}: inserts", counters.Inserts / (double)Commands),
        ];
    }
}
