using CsCheck;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Snapshots;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Projections.History;
using ServerlessCqrs.Projections.Stores;
using ServerlessCqrs.ReadModels.Specs.Given;
using ServerlessCqrs.ShopViews;
using ServerlessCqrs.ShopViews.History;
using ServerlessCqrs.ShopViews.Orders;
using ServerlessCqrs.ShopViews.Products;
using StreamReader = ServerlessCqrs.EventStore.StreamReader;

namespace ServerlessCqrs.ReadModels.Specs.History;

public sealed class PastReadModelsSpecs
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Trait("Guarantee", "history: a list or a customer's orders `asOf` a time are what the read model was then")]
    [Fact]
    public void Lists_and_orders_as_of_any_time_are_what_the_read_models_were_then() =>
        Gen.Select(Gen.Int[0, 1000].Array[1, 8].Array[1, 4], Gen.Int[0, 1000].Array[1, 5].Array[1, 4], Gen.Int[0, 1000].Array[1, 5].Array[1, 4]).Sample(
            (products, reviews, orders) =>
            {
                IReadOnlyList<EventRecord> all =
                [
                    .. ((IEnumerable<StreamStory>)
                    [
                        .. products.Select((steps, number) => steps.Aggregate(new Story(number), (story, step) => story.Random(step))),
                        .. reviews.Select((steps, number) => steps.Aggregate(new ReviewStory(number, product: number % products.Length), (story, step) => story.Random(step))),
                        .. orders.Select((steps, number) => steps.Aggregate(new OrderStory(number, customer: number % 2), (story, step) => story.Random(step))),
                    ]).SelectMany(story => story.Events).OrderBy(e => e.At),
                ];
                ShouldBeAsItWasAsync(all).GetAwaiter().GetResult();
            },
            iter: 30);

    [Fact]
    public async Task What_only_the_tip_has_of_a_stream_counts_and_what_it_did_later_does_not()
    {
        var story = new Story(1).Price(80).Price(60);
        var (log, tips) = (new InMemoryEventLog(), new InMemoryStreamTips());
        await log.AppendAsync([.. story.Events.Take(1)], [], Ct);
        var tip = new StreamTip(story.Stream, 3, 1, "{}", new SourcePosition("here", "1"), story[3].At, new Commit([.. story.Events.Skip(1)], []), OutcomeRing.Empty);
        Assert.True(await tips.CommitAsync(tip, null, Ct));

        var page = await new PastReadModels(log, new StreamReader(log, tips), new InMemorySnapshots(every: 2)).BrowseAsync(new ProductBrowse("audio", ProductSort.Price, 10, null), story[2].At, Ct);

        Assert.Equal(80, Assert.Single(page.Items).CurrentPrice);
    }

    [Fact]
    public async Task Category_of_too_many_products_is_not_folded()
    {
        var log = new InMemoryEventLog();
        await log.AppendAsync([.. new Story(1).Events, .. new Story(2).Events], [], Ct);
        var reader = new StreamReader(log, new InMemoryStreamTips());
        var query = new ProductBrowse("audio", ProductSort.Price, 10, null);

        Assert.Equal(2, (await new PastReadModels(log, reader, new InMemorySnapshots(every: 2), mostProducts: 2).BrowseAsync(query, DateTimeOffset.MaxValue, Ct)).Items.Count);
        await Assert.ThrowsAsync<TooManyStreamsException>(() => new PastReadModels(log, reader, new InMemorySnapshots(every: 2), mostProducts: 1).BrowseAsync(query, DateTimeOffset.MaxValue, Ct));
    }

    private static async Task ShouldBeAsItWasAsync(IReadOnlyList<EventRecord> all)
    {
        var log = new InMemoryEventLog();
        await log.AppendAsync(all, [], Ct);
        var snapshots = new InMemorySnapshots(every: 3);
        var past = new PastReadModels(log, new StreamReader(log, new InMemoryStreamTips()), snapshots);
        var (stores, yetEmpty) = (ReadModelStores.InMemory(ShopReadModels.All), new StreamReader(new InMemoryEventLog(), new InMemoryStreamTips()));
        var models = ShopReadModels.All.Over(stores, yetEmpty, snapshots);
        var orders = new OrderQueries(stores.QueriesOf(ShopReadModels.OrderDocuments));
        foreach (var moment in all.GroupBy(e => e.At))
        {
            foreach (var e in moment) Assert.Empty(await models.ProjectAsync(Says.Events(e), Ct));
            foreach (var sort in Enum.GetValues<ProductSort>())
                Assert.Equal(await ReadAsync(query => stores.As<IProductCatalogue>(ShopReadModels.ProductDocuments).BrowseAsync(query, Ct), sort), await ReadAsync(query => past.BrowseAsync(query, moment.Key, Ct), sort));
            for (var customer = 0; customer < 2; customer++)
            {
                var then = await past.OrdersAsync($"customer-{customer}", moment.Key, Ct);
                Assert.Equal(
                    System.Text.Json.JsonSerializer.Serialize(await orders.OfCustomerAsync($"customer-{customer}", 100, null, Ct)),
                    System.Text.Json.JsonSerializer.Serialize(await then.OfCustomerAsync($"customer-{customer}", 100, null, Ct)));
                Assert.Equal(
                    System.Text.Json.JsonSerializer.Serialize(await orders.SummaryAsync($"customer-{customer}", Ct)),
                    System.Text.Json.JsonSerializer.Serialize(await then.SummaryAsync($"customer-{customer}", Ct)));
            }
        }
    }

    /// <summary>Reads a category's list page by page.</summary>
    private static async Task<IReadOnlyList<ProductSummary>> ReadAsync(Func<ProductBrowse, Task<ProductPage>> browse, ProductSort sort)
    {
        List<ProductSummary> all = [];
        string? cursor = null;
        do
        {
            var page = await browse(new ProductBrowse("audio", sort, 2, cursor));
            all.AddRange(page.Items);
            cursor = page.Next;
        }
        while (cursor is not null);
        return all;
    }
}
