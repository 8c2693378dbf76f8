using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using ServerlessCqrs.LocalRuntime.Stack;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.ShopViews;
using ServerlessCqrs.ShopViews.Products;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Benchmarks.Marten;

/// <summary>
/// Compares one history of products in this log and in Marten on PostgreSQL: the time to read and fold it, and to
/// rebuild its documents.
/// </summary>
internal static class MartenBenchmark
{
    private const int Rounds = 5;

    public static Command Command()
    {
        var events = new Option<int>("--events")
        {
            Description = "The number of events in the history.",
            HelpName = "N",
            DefaultValueFactory = _ => 200_000,
            CustomParser = Number.Between(10_000, 10_000_000),
        };
        var command = new Command(
            "marten",
            "Reads, folds and rebuilds the same history here and in Marten, on a PostgreSQL of its own. "
                + "Needs PostgreSQL. Takes some minutes.")
        {
            events,
        };
        command.SetAction((parsed, ct) => Failures.ReportAsync(() => RunAsync(parsed.GetValue(events), ct)));
        return command;
    }

    private static async Task RunAsync(int events, CancellationToken ct)
    {
        Console.WriteLine("| history | work | ServerlessCqrs | Marten | ratio |");
        Console.WriteLine("|---|---|---:|---:|---:|");
        foreach (var streams in new[] { 10_000, 200 }) await CompareAsync(streams, events / streams, ct);
    }

    private static async Task CompareAsync(int streams, int eventsOfEach, CancellationToken ct)
    {
        await using var postgres = await PostgresServer.StartAsync(ct);
        await using var marten = new MartenHistory(postgres.Connection);
        await using var ours = await OwnStack.StartAsync(ct);
        await ours.Seed.RunAsync(streams, eventsOfEach, OwnStack.Seller, TimeProvider.System.GetUtcNow(), ct);
        await marten.FillAsync(ours.History.ReadAllAsync(ProductStreams.Category, ct), ct);

        var history = string.Create(
            CultureInfo.InvariantCulture,
            $"{streams * eventsOfEach:N0} events, {streams:N0} streams");
        List<double> here = [], there = [];
        for (var round = 0; round <= Rounds; round++)
        {
            var (sum, took) = await TimeAsync(() => FoldAsync(ours, ct));
            var (sumThere, tookThere) = await TimeAsync(() => marten.FoldAsync(ct));
            if (sum != sumThere) throw new LatencyException($"The folds differ: {sum} here, {sumThere} in Marten.");

            // The first round includes JIT compilation.
            if (round == 0) continue;
            here.Add(took);
            there.Add(tookThere);
        }

        Row(history, "read and fold all events", Median(here), Median(there));

        string[] rebuild = ["rebuild", ShopReadModels.ProductsV1, "--all"];
        var (_, rebuilt) = await TimeAsync(() => ours.OperateAsync(rebuild, ct));
        var (documents, rebuiltThere) = await TimeAsync(() => marten.RebuildAsync(ct));
        if (documents != streams) throw new LatencyException($"Marten rebuilt {documents} documents of {streams}.");
        Row(history, "rebuild all documents", rebuilt, rebuiltThere);
    }

    /// <returns>The sum of all prices.</returns>
    private static async Task<decimal> FoldAsync(OwnStack stack, CancellationToken ct)
    {
        var projection = new ProductProjection();
        var products = new Dictionary<StreamId, ProductDocument?>();
        await foreach (var e in stack.History.ReadAllAsync(ProductStreams.Category, ct))
            products[e.Stream] = projection.Apply(products.GetValueOrDefault(e.Stream), e);
        return products.Values.Sum(product => product!.Pricing.CurrentPrice);
    }

    private static async Task<(T Result, double Seconds)> TimeAsync<T>(Func<Task<T>> work)
    {
        var began = Stopwatch.GetTimestamp();
        var result = await work();
        return (result, Stopwatch.GetElapsedTime(began).TotalSeconds);
    }

    private static double Median(IEnumerable<double> figures) => Percentile.Of([.. figures.Order()], 0.5);

    private static void Row(string history, string work, double here, double there) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"| {history} | {work} | {here:0.0} s | {there:0.0} s | {there / here:0.0} × |"));
}
