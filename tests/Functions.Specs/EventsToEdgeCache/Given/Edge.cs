using Microsoft.Extensions.Logging.Abstractions;
using ServerlessCqrs.EventsToEdgeCache;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.EventStore.Publishing;
using ServerlessCqrs.Functions.EdgeCache;
using ServerlessCqrs.Functions.Specs.Given;
using ServerlessCqrs.Lambda;
using ServerlessCqrs.Projections;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Shop.Reviews;
using ServerlessCqrs.ShopViews.Products;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Functions.Specs.EventsToEdgeCache.Given;

/// <summary>The function with everything behind it in memory.</summary>
internal sealed class Edge : IInvalidations, IInvalidationBudget, IReadModelVersions
{
    private readonly InMemoryProducts _products = new();

    public AdvancingClock Clock { get; } = new();

    public KeptLetters Letters { get; } = new();

    public KeptLog<EdgeInvalidator> Log { get; } = new();

    /// <summary>The requests with their changes.</summary>
    public List<IReadOnlyCollection<EdgeChange>> Invalidated { get; } = [];

    public int Budget { get; set; } = 200;

    /// <summary>The exception of the next invalidation.</summary>
    public Exception? Failure { get; set; }

    /// <summary>Runs before each read of the read model, with its number.</summary>
    public Func<int, Task> BeforeLook { get; set; } = _ => Task.CompletedTask;

    public int Looks { get; private set; }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static StreamId Product(int number) => ProductStreams.IdOf(new Guid(number, 0, 0, new byte[8]));

    public static EdgeChange Change(int product, long version) => new($"/products/{Product(product).Key}", Product(product), version);

    public static EventRecord Approved(int product, long version) => Record(
        ReviewStreams.IdOf(Guid.Parse(Product(product).Key), "customer-1"),
        version,
        new ReviewApproved(Guid.Parse(Product(product).Key), "customer-1", 5));

    public static EventRecord Submitted(int product, long version) => Record(
        Approved(product, version).Stream,
        version,
        new ReviewSubmitted(Guid.Parse(Product(product).Key), "customer-1", 5, new Sealed("customer-1", "title"), new Sealed("customer-1", "text")));

    public static EventRecord Completed(int product, long version) => Record(Product(product), version, new ReservationCompleted(Guid.Empty));

    public static EventRecord Created(int product) => Record(
        Product(product),
        1,
        new ProductCreated("seller-1", "Lamp", "", "light", new Money(10, "USD"), 1, "WH_001", new Dictionary<string, string>(), []));

    public static EventRecord Changed(int product, long version) =>
        Record(Product(product), version, new ProductPriceUpdated(new Money(version, "USD"), new Money(version + 1, "USD")));

    public static EventRecord Deleted(int product, long version) => Record(Product(product), version, new ProductDeleted("", 0));

    /// <summary>Makes the read model show this version, even of a tombstone.</summary>
    public Task ShowAsync(int product, long version) => ShowAsync(Product(product), version);

    /// <inheritdoc cref="ShowAsync(int, long)"/>
    public async Task ShowAsync(StreamId stream, long version)
    {
        var stored = (await _products.LoadAsync([stream], Ct)).GetValueOrDefault(stream);
        await _products.SaveAsync(new ReadModelItem<ProductDocument>(stream, version, null, DateTimeOffset.UnixEpoch), stored, Ct);
    }

    /// <summary>
    /// Delivers each body as a message of one batch. Returns the ids of the failed messages, which are their positions.
    /// </summary>
    public Task<IReadOnlyCollection<string>> DeliverAsync(int receives, params string[] bodies) => new EdgeCacheBatchHandler(
        new EventFollower(ShopContracts.Events, Letters, maxReceiveCount: 5, NullLogger<EventFollower>.Instance),
        new EdgeInvalidator(ProductChanges.Of, this, this, this, Clock, Log)).HandleAsync(
            [.. bodies.Select((body, i) => new SqsMessage($"{i}", body, receives, Clock.GetUtcNow(), new Dictionary<string, string>(), "arn", null))],
            new InvocationContext("request", "arn", null, Clock.GetUtcNow() + TimeSpan.FromSeconds(30)),
            Ct);

    /// <summary>Delivers each event as its own message.</summary>
    public Task<IReadOnlyCollection<string>> DeliverAsync(params EventRecord[] events) => DeliverAsync(1, [.. events.Select(e => EventMessage.Write([e], []))]);

    Task IInvalidations.CreateAsync(IReadOnlyCollection<EdgeChange> changes, CancellationToken ct)
    {
        if (Failure is not null) throw Failure;
        Invalidated.Add(changes);
        return Task.CompletedTask;
    }

    Task<int> IInvalidationBudget.TakeAsync(int paths, CancellationToken ct)
    {
        var given = Math.Min(paths, Budget);
        Budget -= given;
        return Task.FromResult(given);
    }

    async Task<IReadOnlyDictionary<StreamId, long>> IReadModelVersions.LoadVersionsAsync(IReadOnlyCollection<StreamId> streams, CancellationToken ct)
    {
        await BeforeLook(++Looks);
        return await _products.LoadVersionsAsync(streams, ct);
    }

    private static EventRecord Record(StreamId stream, long version, IEvent e) =>
        EventRecord.Of(ShopContracts.Events, stream, version, e, CommandIds.Named(Guid.Empty, $"{stream} {version}"), 0, new Actor("seller-1", ShopRoles.Seller), DateTimeOffset.UnixEpoch);
}
