using Microsoft.Extensions.Logging.Abstractions;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Publishing;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.EventStore.Writing;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Streams;
using StreamReader = ServerlessCqrs.EventStore.StreamReader;

namespace ServerlessCqrs.Benchmarks;

/// <summary>
/// Creates a history: products with price changes. The write path itself decides, commits and appends them, so events,
/// outcomes and tips are real. Nothing is published, so the read models get no events.
/// </summary>
internal sealed class HistorySeed(IStreamTips tips, IEventLog log, IEventHistory history)
{
    private const int EventsOfAProduct = 50;

    // Some megabytes of records. A stream's records of a batch are few enough for one commit.
    private const int Batch = 10_000;

    // The history ends an hour before the present.
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Gap = TimeSpan.FromHours(1);

    private readonly CommandProcessor _processor = new(tips, log, new StreamReader(history, tips), new Silence(), ShopDomain.Instance, new Past(), NullLogger<CommandProcessor>.Instance);

    /// <summary>The last price of the products with <see cref="EventsOfAProduct"/> events.</summary>
    public static decimal LastPrice => PriceAt(EventsOfAProduct - 1);

    /// <summary>
    /// Creates this many events: half of them for one product, the rest for products with <see
    /// cref="EventsOfAProduct"/> each.
    /// </summary>
    /// <param name="seller">The seller of the products.</param>
    public async Task<(Guid Large, IReadOnlyList<Guid> Others)> RunAsync(int events, Actor seller, DateTimeOffset now, CancellationToken ct)
    {
        var shard = Shard(events, seller, now);
        var large = Guid.NewGuid();
        Guid[] others = [.. Enumerable.Range(0, events / 2 / EventsOfAProduct).Select(_ => Guid.NewGuid())];
        await ProcessAsync(others.SelectMany(product => LifeOf(product, EventsOfAProduct, shard)).Concat(LifeOf(large, events / 2, shard)), ct);
        return (large, others);
    }

    /// <summary>Creates this many products with this many events each.</summary>
    public Task RunAsync(int products, int eventsOfEach, Actor seller, DateTimeOffset now, CancellationToken ct)
    {
        var shard = Shard(products * eventsOfEach, seller, now);
        return ProcessAsync(Enumerable.Range(0, products).SelectMany(_ => LifeOf(Guid.NewGuid(), eventsOfEach, shard)), ct);
    }

    private async Task ProcessAsync(IEnumerable<ArrivedRecord> records, CancellationToken ct)
    {
        foreach (var batch in records.Chunk(Batch))
            if (await _processor.ProcessAsync("seed", batch, ct) is not null) throw new InvalidOperationException("A batch was not processed.");
    }

    private static SeededShard Shard(int events, Actor seller, DateTimeOffset now) =>
        new(seller, DateTimeOffset.FromUnixTimeMilliseconds((now - Gap - (events * Between)).ToUnixTimeMilliseconds()), Between);

    private static IEnumerable<ArrivedRecord> LifeOf(Guid id, int events, SeededShard shard)
    {
        var stream = ProductStreams.IdOf(id);
        yield return shard.Next(stream, new CreateProduct($"Product {id.ToString()[..8]}", "A product that is described in a sentence of usual length.", "seeded", new Money(100, "USD"), 50, "WH_001", new Dictionary<string, string>(), []));
        // Consecutive prices differ, and none is below half of its predecessor.
        for (var i = 1; i < events; i++) yield return shard.Next(stream, new UpdateProductPrice(new Money(PriceAt(i), "USD")));
    }

    private static decimal PriceAt(int change) => 60 + (change % 40);

    /// <summary>
    /// A clock that is behind all records, so that events get the arrival times of their records.
    /// </summary>
    private sealed class Past : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch;
    }

    private sealed class Silence : IEventPublisher
    {
        public Task PublishAsync(IReadOnlyList<EventRecord> events, CancellationToken ct) => Task.CompletedTask;
    }
}
