using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.Operating.Verify;
using ServerlessCqrs.Projections;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Shop.Reviews;
using ServerlessCqrs.ShopViews;
using ServerlessCqrs.ShopViews.Products;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Operator.Specs.Verify;

public sealed class StoreVerifierSpecs
{
    private readonly InMemoryShop _shop = new();

    [Fact]
    public async Task A_sound_shop_is_clean_and_counted()
    {
        await FillAsync(500);
        await _shop.DoAsync(InMemoryShop.Product(1), new UpdateProductPrice(new Money(90, "USD")));
        await _shop.DoAsync(InMemoryShop.Product(2), new UpdateProductPrice(new Money(1, "USD")));
        await _shop.DoAsync(InMemoryShop.Product(3), new DeleteProduct(""));

        var report = await _shop.VerifyAsync();

        Assert.Empty(report.Kept);
        Assert.True(report.IsClean);
        Assert.Equal((500, 502, 503, 1_000), (report.Streams, report.Events, report.Commands, report.Items));
        Assert.Equal(0, _shop.Time.Waits);
        Assert.Equal("verify: 500 streams, 502 events, 503 commands, 1,000 items: clean", VerifyScreen.Summary(report));
    }

    [Fact]
    public async Task Only_the_streams_of_a_category_are_looked_at_where_one_is_named()
    {
        await FillAsync(3);

        Assert.Equal(3, (await _shop.VerifyAsync("product")).Streams);
        Assert.Equal(0, (await _shop.VerifyAsync("watch")).Streams);
    }

    [Fact]
    public async Task Damage_is_named_by_its_stream_and_the_others_stay_clean()
    {
        await FillAsync(300);
        var damaged = InMemoryShop.Product(7);
        var created = await _shop.Log.ReadAllAsync(null, CancellationToken.None).FirstAsync(e => e.Stream == damaged);
        await _shop.Log.AppendAsync([created with { Actor = new Actor("somebody", ShopRoles.Seller) }], [], CancellationToken.None);

        var report = await _shop.VerifyAsync();

        var difference = Assert.Single(report.Kept);
        Assert.Equal((Differences.EventContradicted, damaged), (difference.Kind, difference.Stream));
        Assert.Equal(300, report.Streams);
    }

    [Fact]
    public async Task An_item_that_no_stream_made_is_found()
    {
        await FillAsync(2);
        var item = (await _shop.Items.LoadAsync([InMemoryShop.Product(1)], CancellationToken.None)).Values.Single();
        await _shop.Items.SaveAsync(item with { Stream = InMemoryShop.Product(9) }, null, CancellationToken.None);

        var difference = Assert.Single((await _shop.VerifyAsync()).Kept);

        Assert.Equal((Differences.ItemWithoutStream, InMemoryShop.Product(9)), (difference.Kind, difference.Stream));
    }

    [Fact]
    public async Task An_aggregate_that_is_not_the_sum_of_its_items_is_found()
    {
        await FillAsync(2);
        var (counted, lost) = (Rating(InMemoryShop.Product(1), stars: 4), Rating(InMemoryShop.Product(2), stars: 3));
        await _shop.Ratings.SaveAsync(counted, null, CancellationToken.None);
        await _shop.Ratings.SaveAsync(lost, null, CancellationToken.None);
        var damaged = new DamagedAggregates(_shop.Ratings, lost.Adds!.About);

        var report = await _shop.VerifyAsync(stores: _shop.Stores.With(ShopReadModels.Ratings, damaged));

        Assert.Equal([InMemoryShop.Product(2)], report.Kept.Where(difference => difference.Kind == Differences.AggregateDiffers).Select(difference => difference.Stream));
        Assert.Equal("products-v1: $.sums.stars: aggregate 4, items 3", report.Kept.Single(difference => difference.Kind == Differences.AggregateDiffers).Text);
        Assert.Equal(2, report.Totals[Differences.ItemWithoutStream]);
    }

    [Fact]
    public async Task An_aggregate_that_was_read_before_its_items_is_clean_once_both_are_read_again()
    {
        await FillAsync(1);
        var damaged = new DamagedAggregates(_shop.Ratings, InMemoryShop.Product(1));
        await _shop.Ratings.SaveAsync(Rating(InMemoryShop.Product(1), stars: 3), null, CancellationToken.None);
        _shop.Time.Meanwhile = () =>
        {
            damaged.IsHealed = true;
            return Task.CompletedTask;
        };

        Assert.DoesNotContain((await _shop.VerifyAsync(stores: _shop.Stores.With(ShopReadModels.Ratings, damaged))).Kept, difference => difference.Kind == Differences.AggregateDiffers);
    }

    [Fact]
    public async Task A_read_model_that_is_a_moment_behind_is_clean_once_it_has_caught_up()
    {
        _shop.Projects = false;
        await FillAsync(3);
        _shop.Time.Meanwhile = async () =>
        {
            _shop.Projects = true;
            await _shop.PublishAsync(await _shop.Log.ReadAllAsync(null, CancellationToken.None).ToListAsync(), CancellationToken.None);
        };

        Assert.True((await _shop.VerifyAsync()).IsClean);

        // Once for the items, and once for their contributions.
        Assert.Equal(2, _shop.Time.Waits);
    }

    [Fact]
    public async Task A_read_model_that_stays_behind_is_reported_after_some_seconds()
    {
        _shop.Projects = false;
        await FillAsync(30);

        var report = await _shop.VerifyAsync();

        Assert.Equal(3, _shop.Time.Waits);
        Assert.Equal(60, report.Totals[Differences.ItemMissing]);
        Assert.Equal(VerifyReport.KeptPerKind, report.Kept.Count);
        Assert.Equal("verify: 30 streams, 30 events, 30 commands, 0 items: 60 differences", VerifyScreen.Summary(report));
    }

    [Fact]
    public async Task A_command_on_the_stream_without_an_outcome_is_found()
    {
        await FillAsync(2);
        _shop.Waits = true;
        await _shop.DoAsync(InMemoryShop.Product(2), new UpdateProductPrice(new Money(90, "USD")));

        var difference = Assert.Single(await CheckCommandsAsync());

        Assert.Equal((Differences.CommandWithoutOutcome, InMemoryShop.Product(2)), (difference.Kind, difference.Stream));
        Assert.Contains(_shop.Put[^1].CommandId.ToString(), difference.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_that_only_waits_for_its_turn_is_waited_for()
    {
        _shop.Waits = true;
        await FillAsync(2);
        _shop.Time.Meanwhile = _shop.DecideAsync;

        Assert.Empty(await CheckCommandsAsync());
        Assert.Equal(1, _shop.Time.Waits);
    }

    private static ReadModelItem<ReviewRating> Rating(StreamId product, int stars)
    {
        var rating = new ReviewRating(Guid.Parse(product.Key), stars, Revision: 3);
        return new ReadModelItem<ReviewRating>(ReviewStreams.IdOf(Guid.NewGuid()), 3, rating, DateTimeOffset.UnixEpoch) { Adds = new RatingProjection().Adds(rating) };
    }

    /// <summary>One star too many.</summary>
    private sealed class DamagedAggregates(InMemoryReadModel<ReviewRating> inner, StreamId about) : IReadModel<ReviewRating>
    {
        public bool IsHealed { get; set; }

        public Task<IReadOnlyDictionary<StreamId, ReadModelItem<ReviewRating>>> LoadAsync(IReadOnlyCollection<StreamId> streams, CancellationToken ct) => inner.LoadAsync(streams, ct);

        public Task<IReadOnlyDictionary<StreamId, long>> LoadVersionsAsync(IReadOnlyCollection<StreamId> streams, CancellationToken ct) => inner.LoadVersionsAsync(streams, ct);

        public Task<bool> SaveAsync(ReadModelItem<ReviewRating> item, ReadModelItem<ReviewRating>? stored, CancellationToken ct) => inner.SaveAsync(item, stored, ct);

        public IAsyncEnumerable<ReadModelItem<ReviewRating>> ScanAsync(CancellationToken ct) => inner.ScanAsync(ct);

        public IAsyncEnumerable<Contribution> ScanAggregatesAsync(CancellationToken ct) =>
            inner.ScanAggregatesAsync(ct).Select(sum => sum.About == about && !IsHealed ? sum.Plus(new Contribution(about, new Dictionary<string, decimal> { ["stars"] = 1 })) : sum);
    }

    private Task<IReadOnlyList<Difference>> CheckCommandsAsync() => new CommandCheck(_shop, _shop.Log, _shop.Tips, _shop.Time).RunAsync(null, CancellationToken.None);

    private Task FillAsync(int products) => _shop.PutAsync([.. Enumerable.Range(1, products).Select(number => InMemoryShop.InCatalogue(number).ToRecord(InMemoryShop.Seller, _shop.Time.GetUtcNow()))], CancellationToken.None);
}
