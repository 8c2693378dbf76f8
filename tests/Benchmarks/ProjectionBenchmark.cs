using System.Diagnostics;
using System.Globalization;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.ShopViews.Products;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Benchmarks;

/// <summary>Folds events into product documents on one core, without storing them.</summary>
internal static class ProjectionBenchmark
{
    private static readonly Actor Seller = new("seller-1", ShopRoles.Seller);
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static void Run(double scale)
    {
        var (perSecond, bytes) = Measure((int)(1_000_000 * scale));
        Console.WriteLine("Product document, version 1");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {perSecond:N0} events/s a core, {bytes:N0} bytes an event"));
    }

    /// <returns>The median of events per second on one core, and the bytes that one event allocates.</returns>
    public static (double PerSecond, double BytesPerEvent) Measure(int events)
    {
        var history = History(events);
        var projection = new ProductProjection();
        var rates = new List<double>();
        var bytes = 0.0;
        for (var i = 0; i < 6; i++)
        {
            GC.Collect();
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            var watch = Stopwatch.StartNew();
            ProductDocument? document = null;
            foreach (var e in history) document = projection.Apply(document, e);
            rates.Add(events / watch.Elapsed.TotalSeconds);
            bytes = (GC.GetAllocatedBytesForCurrentThread() - allocated) / (double)events;
            if (document!.Version != history[^1].Version) throw new InvalidOperationException("The projection stopped early.");
        }

        return (rates.Skip(1).Order().ElementAt(2), bytes);
    }

    private static List<EventRecord> History(int events)
    {
        var stream = ProductStreams.IdOf(Guid.Empty);
        List<EventRecord> history = new(events)
        {
            Record(1, new ProductCreated(Seller.Id, "Headphones", "They play music.", "audio", new Money(100, "USD"), 50, "WH_001", new Dictionary<string, string>(), [])),
        };
        for (var version = 2; version <= events; version++)
            history.Add(Record(version, new ProductPriceUpdated(new Money(60 + ((version - 1) % 40), "USD"), new Money(60 + (version % 40), "USD"))));
        return history;

        EventRecord Record(long version, IEvent e) => EventRecord.Of(ShopContracts.Events, stream, version, e, Guid.Empty, (int)version, Seller, Start.AddSeconds(version));
    }
}
