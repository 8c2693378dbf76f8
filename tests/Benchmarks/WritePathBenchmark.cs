using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Writing;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Benchmarks;

/// <summary>
/// Sends price changes through the whole write path: bytes of Kinesis records in, committed tips and packed messages
/// out.
/// </summary>
internal static class WritePathBenchmark
{
    private const int Rounds = 5;
    private const int Products = 10_000;

    // The length of a CloudFormation name, because it is part of every tip's item.
    private const string Source = "arn:aws:kinesis:eu-central-1:123456789012:stream/shop-data-commandsStream39E92BDA@1767225600000";

    private static readonly Actor Seller = new("seller-1", ShopRoles.Seller);
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static async Task RunAsync(double scale)
    {
        foreach (var hot in new[] { false, true })
        {
            Console.WriteLine(hot ? "CommandsToEvents, all commands on one hot product" : $"CommandsToEvents, commands spread over {Products:N0} products");
            Console.WriteLine("  batch | commands/s | /s a core | bytes/command | a million commands: AWS calls | write units | read units | inserts | SNS messages |  dollars");
            foreach (var batch in new[] { 1, 100, 1_000, 10_000 })
            {
                var commands = (int)Math.Max(batch, scale * (batch == 1 ? 20_000 : 100_000));
                var runs = new List<Run>();
                for (var i = 0; i <= Rounds; i++) runs.Add(await MeasureAsync(hot, batch, commands));
                // The first run is a warm-up.
                var median = runs.Skip(1).OrderBy(run => run.PerSecond).ElementAt(Rounds / 2);
                var million = 1e6 / median.Commands;
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{batch,7:N0} | {median.PerSecond,10:N0} | {median.PerCore,9:N0} | {median.BytesPerCommand,13:N0} | {median.Counters.AwsCalls * million,29:N0} | {median.Counters.WriteUnits * million,11:N0} | {median.Counters.ReadUnits * million,10:N0} | {median.Counters.Inserts * million,7:N0} | {median.Counters.Messages * million,12:N0} | {median.Counters.Dollars * million,8:N2}"));
            }

            Console.WriteLine();
        }
    }

    /// <param name="hot">Whether all commands are for one product.</param>
    public static async Task<Run> MeasureAsync(bool hot, int batch, int commands)
    {
        // A fixed clock: the compressed size of events depends on the time.
        var clock = new FakeTimeProvider(Start.AddHours(1)) { AutoAdvanceAmount = TimeSpan.FromMilliseconds(1) };
        var counters = new Counters();
        var tips = new CountingTips(counters);
        var log = new InMemoryEventLog();
        var processor = new CommandProcessor(tips, new CountingLog(counters), new EventStore.StreamReader(log, tips), new CountingPublisher(counters), ShopDomain.Instance, clock, NullLogger<CommandProcessor>.Instance);
        var products = hot ? 1 : Math.Min(Products, commands);
        var records = Records(products, commands);
        foreach (var created in records.Take(products).Chunk(1000)) await processor.ProcessAsync(Source, created, default);

        var batches = records.Skip(products).Chunk(batch).ToList();
        counters.Reset();
        GC.Collect();
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        using var self = Process.GetCurrentProcess();
        var cpu = self.TotalProcessorTime;
        var watch = Stopwatch.StartNew();
        foreach (var one in batches)
            if (await processor.ProcessAsync(Source, one, default) is not null) throw new InvalidOperationException("A batch was not processed.");
        watch.Stop();
        self.Refresh();
        return new Run(
            commands,
            commands / watch.Elapsed.TotalSeconds,
            commands / (self.TotalProcessorTime - cpu).TotalSeconds,
            (GC.GetTotalAllocatedBytes(precise: true) - allocated) / (double)commands,
            counters);
    }

    private static List<ArrivedRecord> Records(int products, int commands)
    {
        var shard = new SeededShard(Seller, Start, TimeSpan.FromMilliseconds(1));
        var ids = Enumerable.Range(0, products).Select(i => ProductStreams.IdOf(new Guid(i, 0, 0, new byte[8]))).ToArray();
        List<ArrivedRecord> records = new(products + commands);
        foreach (var id in ids)
            records.Add(shard.Next(id, new CreateProduct($"Product {id.Key}", "A product that is described in a sentence of usual length.", "audio", new Money(100, "USD"), 50, "WH_001", new Dictionary<string, string>(), [])));
        for (var i = 0; i < commands; i++) records.Add(shard.Next(ids[i % products], new UpdateProductPrice(new Money(60 + (i / products % 40), "USD"))));
        return records;
    }

    /// <param name="PerCore">Commands per second of CPU time.</param>
    /// <param name="BytesPerCommand">The allocated bytes per command.</param>
    /// <param name="Counters">The counts of all commands.</param>
    internal sealed record Run(
        int Commands,
        double PerSecond,
        double PerCore,
        double BytesPerCommand,
        Counters Counters);
}
