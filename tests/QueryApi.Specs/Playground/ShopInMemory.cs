using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.ReadModels;
using ServerlessCqrs.ReadModels.Products;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Shop.Reviews;
using StreamReader = ServerlessCqrs.EventStore.StreamReader;

namespace ServerlessCqrs.QueryApi.Specs.Playground;

/// <summary>What the write path leaves behind: commits in tips, rows in the log, items in the read model. An event happens each second.</summary>
public sealed class ShopInMemory(QueryServer server)
{
    public static readonly Actor Seller = new("seller-1", Actor.Seller);

    private readonly ProductProjection _projection = new();

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

    /// <summary>A new product that is everywhere.</summary>
    public async Task<Guid> CreateAsync(ProductCreated? created = null)
    {
        var id = Guid.NewGuid();
        await HappenAsync(id, [created ?? Headphones()]);
        return id;
    }

    /// <summary>A commit of these events.</summary>
    /// <param name="logged">Whether it reached the log.</param>
    /// <param name="projected">Whether it reached the read model.</param>
    public async Task HappenAsync(Guid product, IReadOnlyList<IEvent> events, bool logged = true, bool projected = true)
    {
        var stream = ProductStreams.IdOf(product);
        var version = (await server.Tips.Inner.FindAsync(stream, default))?.Version ?? 0;
        List<EventRecord> records = [];
        foreach (var e in events)
        {
            server.Time.Advance(TimeSpan.FromSeconds(1));
            records.Add(EventRecord.Of(stream, ++version, e, Guid.NewGuid(), 0, Seller, server.Time.GetUtcNow()));
        }

        await CommitAsync(stream, version, records, [], logged);
        if (projected) await ProjectAsync(product);
    }

    /// <summary>A command of its seller was applied, with this event; then the read model catches up.</summary>
    public async Task ApplyAsync(Guid product, IEvent e, bool logged = true)
    {
        var stream = ProductStreams.IdOf(product);
        var version = ((await server.Tips.Inner.FindAsync(stream, default))?.Version ?? 0) + 1;
        server.Time.Advance(TimeSpan.FromSeconds(1));
        var now = server.Time.GetUtcNow();
        var record = EventRecord.Of(stream, version, e, Guid.NewGuid(), 0, Seller, now);
        var outcome = new CommandOutcome(stream, record.CommandId, KeyId: null, "SomeCommand", CommandStatus.Applied, version, [record.Type], Code: null, Reason: null, CommandData: null, Seller, now, now, CorrelationId: null, CausationId: null);
        await CommitAsync(stream, version, [record], [outcome], logged);
        await ProjectAsync(product);
    }

    /// <summary>A command was decided.</summary>
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

    /// <summary>A review of it is approved, as the third event of its stream.</summary>
    public async Task RateAsync(Guid product, int stars)
    {
        var rating = new ReviewRating(product, stars, Revision: 3);
        var item = new ReadModelItem<ReviewRating>(ReviewStreams.IdOf(Guid.NewGuid()), 3, rating, server.Time.GetUtcNow()) { Adds = new RatingProjection().Adds(rating) };
        Assert.True(await server.ReadModel.Inner.Ratings.SaveAsync(item, null, default));
    }

    /// <summary>A customer's review of it is approved: in the log, and in the read model.</summary>
    public async Task ReviewAsync(Guid product, int stars)
    {
        server.Time.Advance(TimeSpan.FromSeconds(1));
        var (customer, now) = ($"customer-{Guid.NewGuid():N}", server.Time.GetUtcNow());
        var stream = ReviewStreams.IdOf(product, customer);
        IReviewEvent[] events = [new ProductPurchased(product, customer, Seller.Id, Guid.NewGuid()), new ReviewSubmitted(product, customer, stars, new Sealed(customer, "a"), new Sealed(customer, "b")), new ReviewApproved(product, customer, stars)];
        EventRecord[] records = [.. events.Select((e, i) => EventRecord.Of(stream, i + 1, e, Guid.NewGuid(), 0, Seller, now))];
        await server.Log.AppendAsync(records, [], default);
        Assert.True(await server.ReadModel.Inner.Ratings.SaveAsync(new RatingProjection().Fold(records)!, null, default));
    }

    /// <summary>The read model catches up with the stream.</summary>
    public async Task ProjectAsync(Guid product)
    {
        var stream = ProductStreams.IdOf(product);
        var stored = (await server.ReadModel.Inner.LoadAsync([stream], default)).GetValueOrDefault(stream);
        var events = await new StreamReader(server.Log.Inner, server.Tips.Inner).ReadAsync(stream, EventStore.Log.HistoryBounds.Everything, default);
        Assert.True(await server.ReadModel.SaveAsync(_projection.Fold(events)!, stored, default));
    }

    private async Task CommitAsync(StreamId stream, long version, IReadOnlyList<EventRecord> events, IReadOnlyList<CommandOutcome> outcomes, bool logged)
    {
        var tip = await server.Tips.Inner.FindAsync(stream, default);
        if (tip is not null) await server.Log.AppendAsync(tip.Newest.Events, tip.Newest.Outcomes, default);
        var next = new StreamTip(
            stream,
            version,
            StateShape: 1,
            State: "{}",
            new SourcePosition("commands", (long.Parse(tip?.Position.SequenceNumber ?? "0", System.Globalization.CultureInfo.InvariantCulture) + 1).ToString(System.Globalization.CultureInfo.InvariantCulture)),
            server.Time.GetUtcNow(),
            new Commit(events, outcomes),
            (tip?.Ring ?? OutcomeRing.Empty).Push(outcomes));
        Assert.True(await server.Tips.CommitAsync(next, tip, default));
        if (logged) await server.Log.AppendAsync(events, outcomes, default);
    }
}
