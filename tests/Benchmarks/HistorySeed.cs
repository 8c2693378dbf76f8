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
/// A past for a stack: products whose prices have changed, decided, committed and appended by the write path itself, so that events, outcomes and tips are what they would be. Nothing is published: no read model hears of it.
/// </summary>
internal sealed class HistorySeed(IStreamTips tips, IEventLog log, IEventHistory history)
{
    private const int EventsOfAProduct = 50;

    // Some megabytes of records, and few enough that a stream's share is one commit.
    private const int Batch = 10_000;

    // The past ends an hour before the present begins.
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Gap = TimeSpan.FromHours(1);

    private readonly CommandProcessor _processor = new(tips, log, new StreamReader(history, tips), new Silence(), ShopDomain.Instance, new Past(), NullLogger<CommandProcessor>.Instance);

    /// <summary>The price that each of the products with <see cref="EventsOfAProduct"/> events ends with.</summary>
    public static decimal LastPrice => PriceAt(EventsOfAProduct - 1);

    /// <summary>Seeds so many events: half of them one product's, the rest of products with <see cref="EventsOfAProduct"/> each. The one product, and the others.</summary>
    /// <param name="seller">Whose they are.</param>
    public async Task<(Guid Large, IReadOnlyList<Guid> Others)> RunAsync(int events, Actor seller, DateTimeOffset now, CancellationToken ct)
    {
        var shard = Shard(events, seller, now);
        var large = Guid.NewGuid();
        Guid[] others = [.. Enumerable.Range(0, events / 2 / EventsOfAProduct).Select(_ => Guid.NewGuid())];
        await ProcessAsync(others.SelectMany(product => LifeOf(product, EventsOfAProduct, shard)).Concat(LifeOf(large, events / 2, shard)), ct);
        return (large, others);
    }

    /// <summary>Seeds so many products with so many events each.</summary>
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
        // No price twice in a row, and none below half of the one before.
        for (var i = 1; i < events; i++) yield return shard.Next(stream, new UpdateProductPrice(new Money(PriceAt(i), "USD")));
    }

    private static decimal PriceAt(int change) => 60 + (change % 40);

    /// <summary>
    /// A clock that is behind all records, so that events get the times at which their records arrived.
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
