namespace ServerlessCqrs.Benchmarks.Overview;

/// <summary>The write path with AWS and ClickHouse replaced by counting adapters.</summary>
internal static class WriteLines
{
    private const int Rounds = 3;

    public static async Task AddAsync(List<OverviewLine> lines)
    {
        await AddAsync(lines, "10,000 products, batch 1,000", hot: false, batch: 1_000, perCore: 50_000, bytes: 8_000);
        await AddAsync(lines, "10,000 products, batch 1", hot: false, batch: 1, perCore: 25_000, bytes: 12_000);
        await AddAsync(lines, "one hot product, batch 1,000", hot: true, batch: 1_000, perCore: 150_000, bytes: 5_000);
    }

    private static async Task AddAsync(List<OverviewLine> lines, string what, bool hot, int batch, double perCore, double bytes)
    {
        Console.WriteLine($"Write path: {what} ...");
        List<WritePathBenchmark.Run> runs = [];
        for (var i = 0; i <= Rounds; i++) runs.Add(await WritePathBenchmark.MeasureAsync(hot, batch, commands: batch == 1 ? 20_000 : 100_000));
        // The first run is a warm-up.
        var median = runs.Skip(1).OrderBy(run => run.PerCore).ElementAt(Rounds / 2);
        lines.Add(OverviewLine.AtLeast($"CommandsToEvents, {what}: commands/s per core", median.PerCore, perCore));
        lines.Add(OverviewLine.AtMost("the same: bytes allocated per command", median.BytesPerCommand, bytes));
    }
}
