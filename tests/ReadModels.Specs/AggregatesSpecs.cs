using ServerlessCqrs.EventStore;
using ServerlessCqrs.Projections;
using ServerlessCqrs.ReadModels.Specs.Given;

namespace ServerlessCqrs.ReadModels.Specs;

/// <summary>The guarantees of every item store for the aggregates of its items.</summary>
public abstract class AggregatesSpecs
{
    private static readonly ShelfProjection Projection = new();

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_aggregate_is_the_sum_of_its_rows_through_every_change()
    {
        var store = await OpenAsync(Projection);
        var (one, two, gone) = (new Story(1, price: 10, quantity: 3), new Story(2, price: 2.50m, quantity: 4), new Story(3, quantity: 7));
        foreach (var story in new[] { one, two, gone }) await SaveAsync(store, story);
        Assert.Equal(Shelf("audio", products: 3, pieces: 14, value: 740), await AggregateAsync(store, "audio"));

        await SaveAsync(store, one.Stock(1));
        await SaveAsync(store, two.Price(2));
        await SaveAsync(store, gone.Delete());
        Assert.Equal(Shelf("audio", products: 2, pieces: 5, value: 18), await AggregateAsync(store, "audio"));

        await SaveAsync(store, two.Revise(category: "video"));
        Assert.Equal(Shelf("audio", products: 1, pieces: 1, value: 10), await AggregateAsync(store, "audio"));
        Assert.Equal(Shelf("video", products: 1, pieces: 4, value: 8), await AggregateAsync(store, "video"));
        await AssertAreSumsAsync(store);
    }

    [Fact]
    public async Task An_item_says_what_it_has_added()
    {
        var store = await OpenAsync(Projection);
        var story = new Story(1, price: 10, quantity: 3);
        await SaveAsync(store, story);

        Assert.Equal(Shelf("audio", products: 1, pieces: 3, value: 30), (await FindAsync(store, story))!.Adds);

        await SaveAsync(store, story.Delete());
        Assert.Null((await FindAsync(store, story))!.Adds);
    }

    [Fact]
    public async Task Of_many_who_write_the_same_only_one_adds()
    {
        var store = await OpenAsync(Projection);
        var story = new Story(1, price: 10, quantity: 3).Stock(5);
        var (first, second) = (ItemOf(story, 1), ItemOf(story));

        Assert.Single(await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => store.SaveAsync(first, null, Ct))), true);
        Assert.Single(await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => store.SaveAsync(second, first, Ct))), true);

        Assert.Equal(Shelf("audio", products: 1, pieces: 5, value: 50), await AggregateAsync(store, "audio"));
    }

    [Fact]
    public async Task A_rebuild_of_the_same_version_corrects_what_was_added_and_two_at_once_do_so_once()
    {
        var store = await OpenAsync(Projection);
        var item = ItemOf(new Story(1, price: 10, quantity: 3));
        var wrong = item with { Adds = Shelf("audio", products: 1, pieces: 99, value: 1) };
        await store.SaveAsync(wrong, null, Ct);

        await Task.WhenAll(store.SaveAsync(item, wrong, Ct), store.SaveAsync(item, wrong, Ct));
        await store.SaveAsync(item, item, Ct);

        Assert.Equal(Shelf("audio", products: 1, pieces: 3, value: 30), await AggregateAsync(store, "audio"));
    }

    [Fact]
    public async Task Many_rows_of_one_aggregate_are_saved_at_once()
    {
        var store = await OpenAsync(Projection);

        await Task.WhenAll(Enumerable.Range(0, 40).Select(number => SaveAsync(store, new Story(number, price: 10, quantity: number))));

        Assert.Equal(Shelf("audio", products: 40, pieces: 780, value: 7800), await AggregateAsync(store, "audio"));
        await AssertAreSumsAsync(store);
    }

    [Fact]
    public async Task Of_all_rows_the_latest_is_kept_in_whatever_order_they_come()
    {
        var store = await OpenAsync(new ArrivalProjection());
        foreach (var number in new[] { 3, 1, 5, 4, 2 })
            Assert.True(await store.SaveAsync(new ArrivalProjection().Fold(new Story(number, quantity: number).Events)!, null, Ct));

        Assert.Equal(
            new Contribution(ArrivalProjection.Shop, new Dictionary<string, decimal> { ["pieces"] = 15 }, new Story(5)[1].At.ToString("O", null)),
            await store.ScanAggregatesAsync(Ct).SingleAsync(Ct));

        var story = new Story(1, quantity: 1).Stock(11);
        Assert.True(await store.SaveAsync(new ArrivalProjection().Fold(story.Events)!, new ArrivalProjection().Fold([story[1]]), Ct));
        Assert.Equal(25, (await store.ScanAggregatesAsync(Ct).SingleAsync(Ct)).Sums["pieces"]);
    }

    /// <summary>Opens an empty store for each test.</summary>
    internal abstract Task<IReadModel<OnShelf>> OpenAsync(IProjection<OnShelf> projection);

    private static Contribution Shelf(string category, int products, int pieces, decimal value) =>
        new(ShelfProjection.ShelfOf(category), new Dictionary<string, decimal> { ["products"] = products, ["pieces"] = pieces, ["value"] = value });

    private static ReadModelItem<OnShelf> ItemOf(Story story, long version = long.MaxValue) => Projection.Fold(story.Events.Where(e => e.Version <= version))!;

    private static async Task<ReadModelItem<OnShelf>?> FindAsync(IReadModel<OnShelf> store, Story story) => (await store.LoadAsync([story.Stream], Ct)).GetValueOrDefault(story.Stream);

    private static async Task SaveAsync(IReadModel<OnShelf> store, Story story) => Assert.True(await store.SaveAsync(ItemOf(story), await FindAsync(store, story), Ct));

    private static async Task<Contribution?> AggregateAsync(IReadModel<OnShelf> store, string category) =>
        await store.ScanAggregatesAsync(Ct).FirstOrDefaultAsync(aggregate => aggregate.About == ShelfProjection.ShelfOf(category), Ct);

    private static async Task AssertAreSumsAsync(IReadModel<OnShelf> store)
    {
        var sums = await store.ScanAsync(Ct).Select(item => item.Adds).OfType<Contribution>().GroupBy(adds => adds.About).Select(adds => adds.Aggregate((a, b) => a.Plus(b))).ToListAsync(Ct);
        var aggregates = await store.ScanAggregatesAsync(Ct).Select(aggregate => aggregate.Significant).Where(aggregate => aggregate.Sums.Count > 0).ToListAsync(Ct);
        Assert.Equal(sums.Select(sum => sum.Text).Order(), aggregates.Select(aggregate => aggregate.Text).Order());
    }
}

public sealed class InMemoryAggregatesSpecs : AggregatesSpecs
{
    internal override Task<IReadModel<OnShelf>> OpenAsync(IProjection<OnShelf> projection) => Task.FromResult<IReadModel<OnShelf>>(new InMemoryReadModel<OnShelf>());
}
