using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.EventStore.Publishing;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Projections;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Customers;
using ServerlessCqrs.Shop.Orders;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Shop.Reviews;
using ServerlessCqrs.ShopViews;
using ServerlessCqrs.ShopViews.Products;
using ServerlessCqrs.Streams;
using StreamReader = ServerlessCqrs.EventStore.StreamReader;

namespace ServerlessCqrs.QueryApi.Specs.Playground;

/// <summary>
/// The results of the write path: commits in tips, rows in the log, items in the read model. Each event is one second
/// after the previous.
/// </summary>
public sealed class ShopInMemory(QueryServer server)
{
    public static readonly Actor Seller = new("seller-1", ShopRoles.Seller);

    /// <summary>Fills the read models, even while their fakes fail for readers.</summary>
    private readonly ReadModelCatalogue _readModels = ShopReadModels.All.Over(
        server.Others.Models.With(ShopReadModels.ProductDocuments, server.ReadModel.Inner).With(ShopReadModels.Ratings, server.ReadModel.Inner.Ratings),
        new StreamReader(server.Log.Inner, server.Tips.Inner),
        server.Snapshots);

    public static ProductCreated Headphones(string name = "Wireless Headphones", string category = "audio", decimal price = 100) => new(
        Seller.Id,
        name,
        "Loud",
        category,
        new Money(price, "USD"),
        Quantity: 50,
        "WH_001",
        new Dictionary<string, string> { ["battery"] = "30 hours" },
        [new ProductImage(Guid.Parse("00000000-0000-4000-8000-000000000001"), "https://img.example.org/1.jpg", "Black")]);

    public static ProductPriceUpdated Price(decimal old, decimal @new) => new(new Money(old, "USD"), new Money(@new, "USD"));

    /// <summary>Creates a product that tip, log and read models have.</summary>
    public async Task<Guid> CreateAsync(ProductCreated? created = null)
    {
        var id = Guid.NewGuid();
        await HappenAsync(id, [created ?? Headphones()]);
        return id;
    }

    /// <summary>Commits these events of a product.</summary>
    /// <inheritdoc cref="HappenAsync(StreamId, IReadOnlyList{IEvent}, bool, bool)"/>
    public Task HappenAsync(Guid product, IReadOnlyList<IEvent> events, bool logged = true, bool projected = true) => HappenAsync(ProductStreams.IdOf(product), events, logged, projected);

    /// <summary>Commits these events.</summary>
    /// <param name="logged">True if the commit reaches the log.</param>
    /// <param name="projected">True if the commit reaches the read models.</param>
    public async Task HappenAsync(StreamId stream, IReadOnlyList<IEvent> events, bool logged = true, bool projected = true)
    {
        var version = (await server.Tips.Inner.FindAsync(stream, default))?.Version ?? 0;
        List<EventRecord> records = [];
        foreach (var e in events)
        {
            server.Time.Advance(TimeSpan.FromSeconds(1));
            records.Add(EventRecord.Of(ShopContracts.Events, stream, ++version, e, Guid.NewGuid(), 0, Seller, server.Time.GetUtcNow()));
        }

        await CommitAsync(stream, version, records, [], logged);
        if (projected) await ProjectAsync(stream);
    }

    /// <summary>Applies a command of the seller with this event, and then projects it.</summary>
    public async Task ApplyAsync(Guid product, IEvent e, bool logged = true)
    {
        var stream = ProductStreams.IdOf(product);
        var version = ((await server.Tips.Inner.FindAsync(stream, default))?.Version ?? 0) + 1;
        server.Time.Advance(TimeSpan.FromSeconds(1));
        var now = server.Time.GetUtcNow();
        var record = EventRecord.Of(ShopContracts.Events, stream, version, e, Guid.NewGuid(), 0, Seller, now);
        var outcome = new CommandOutcome(stream, record.CommandId, KeyId: null, "SomeCommand", CommandStatus.Applied, version, [record.Type], Code: null, Reason: null, CommandData: null, Seller, now, now, CorrelationId: null, CausationId: null);
        await CommitAsync(stream, version, [record], [outcome], logged);
        await ProjectAsync(product);
    }

    /// <summary>Confirms an order of two pieces of a product.</summary>
    public async Task<Guid> OrderAsync(string customer, Guid product, bool logged = true, bool projected = true)
    {
        var id = Guid.NewGuid();
        var (line, price) = (new OrderedLine(product, 2, new Money(80, "USD"), Seller.Id), new Money(160, "USD"));
        await HappenAsync(
            OrderStreams.IdOf(id),
            [
                new OrderCreated(customer, [new OrderLine(product, 2)], Email: null, server.Time.GetUtcNow() + OrderLimits.ReservationWindow),
                new OrderItemReserved(product, 2, line.UnitPrice, Seller.Id),
                new OrderConfirmed(customer, [line], price, new Money(0, "USD"), price),
            ],
            logged,
            projected);
        return id;
    }

    /// <summary>Cancels that order for the customer.</summary>
    public Task CancelAsync(Guid order, string customer, Guid product, bool logged = true, bool projected = true) => HappenAsync(
        OrderStreams.IdOf(order),
        [new OrderCancelled(customer, [new OrderLine(product, 2)], "changed my mind", WasConfirmed: true, server.Time.GetUtcNow() + OrderLimits.ReservationWindow)],
        logged,
        projected);

    /// <summary>Writes a review of a bought product.</summary>
    public async Task<Guid> ReviewAsync(Guid product, string customer, string title, string text, int stars = 5, bool approved = true)
    {
        var (heading, words) = (await server.Personal.SealAsync(customer, title, default), await server.Personal.SealAsync(customer, text, default));
        await HappenAsync(
            ReviewStreams.IdOf(product, customer),
            [
                new ProductPurchased(product, customer, Seller.Id, Guid.NewGuid()),
                new ReviewSubmitted(product, customer, stars, heading, words),
                .. approved ? [new ReviewApproved(product, customer, stars)] : Array.Empty<IEvent>(),
            ]);
        return ReviewStreams.ReviewOf(product, customer);
    }

    /// <summary>Registers a customer.</summary>
    public async Task RegisterAsync(string customer, string email, string? name, bool logged = true) => await HappenAsync(
        CustomerStreams.IdOf(customer),
        [new UserRegistered(await server.Personal.SealAsync(customer, email, default), name is null ? null : await server.Personal.SealAsync(customer, name, default))],
        logged);

    /// <summary>Decides a command.</summary>
    public async Task<CommandOutcome> DecideAsync(
        Guid product,
        CommandStatus status,
        bool logged = true,
        Actor? actor = null,
        Guid? id = null)
    {
        var stream = ProductStreams.IdOf(product);
        var version = (await server.Tips.Inner.FindAsync(stream, default))?.Version ?? 0;
        var now = server.Time.GetUtcNow();
        var refused = status == CommandStatus.Refused;
        var outcome = new CommandOutcome(
            stream,
            id ?? Guid.NewGuid(),
            KeyId: null,
            "UpdateProductPrice",
            status,
            version,
            status == CommandStatus.Applied ? ["ProductPriceUpdated"] : [],
            refused ? "price_cut_too_deep" : null,
            refused ? "More than half off." : null,
            CommandData: null,
            actor ?? Seller,
            now,
            now,
            CorrelationId: null,
            CausationId: null);
        await CommitAsync(stream, version, [], [outcome], logged);
        return outcome;
    }

    /// <summary>Approves a review of the product, as the third event of its stream.</summary>
    public async Task RateAsync(Guid product, int stars)
    {
        var rating = new ReviewRating(product, stars, Revision: 3);
        var item = new ReadModelItem<ReviewRating>(ReviewStreams.IdOf(Guid.NewGuid()), 3, rating, server.Time.GetUtcNow()) { Adds = new RatingProjection().Adds(rating) };
        Assert.True(await server.ReadModel.Inner.Ratings.SaveAsync(item, null, default));
    }

    /// <summary>Projects the stream of a product.</summary>
    public Task ProjectAsync(Guid product) => ProjectAsync(ProductStreams.IdOf(product));

    /// <summary>Projects the stream.</summary>
    public async Task ProjectAsync(StreamId stream)
    {
        var tip = await server.Tips.Inner.FindAsync(stream, default);
        Assert.Empty(await _readModels.ProjectAsync([new StreamBatch(stream, [], [new StreamHint(stream, tip!.Version)])], default));
    }

    private async Task CommitAsync(StreamId stream, long version, IReadOnlyList<EventRecord> events, IReadOnlyList<CommandOutcome> outcomes, bool logged)
    {
        var tip = await server.Tips.Inner.FindAsync(stream, default);
        if (tip is not null) await server.Log.AppendAsync(tip.Newest.Events, tip.Newest.Outcomes, default);
        var next = new StreamTip(
            stream,
            version,
            stateShape: 1,
            state: "{}",
            new SourcePosition("commands", (long.Parse(tip?.Position.SequenceNumber ?? "0", System.Globalization.CultureInfo.InvariantCulture) + 1).ToString(System.Globalization.CultureInfo.InvariantCulture)),
            server.Time.GetUtcNow(),
            new Commit(events, outcomes),
            (tip?.Ring ?? OutcomeRing.Empty).Push(outcomes));
        Assert.True(await server.Tips.CommitAsync(next, tip, default));
        if (logged) await server.Log.AppendAsync(events, outcomes, default);
    }
}
