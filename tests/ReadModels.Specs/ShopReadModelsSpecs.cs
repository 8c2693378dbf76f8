using System.Globalization;
using Amazon.DynamoDBv2.Model;
using CsCheck;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Projections.Building;
using ServerlessCqrs.Projections.Declarations;
using ServerlessCqrs.Projections.Dynamo;
using ServerlessCqrs.Projections.Stores;
using ServerlessCqrs.ReadModels.Specs.Given;
using ServerlessCqrs.Shop;
using ServerlessCqrs.ShopViews;
using ServerlessCqrs.Topology;
using StreamReader = ServerlessCqrs.EventStore.StreamReader;

namespace ServerlessCqrs.ReadModels.Specs;

/// <summary>All read models of the shop together, as declared: related products, orders and reviews.</summary>
public sealed class ShopReadModelsSpecs(DynamoFixture dynamo)
{
    private static readonly Gen<StreamStory[]> Stories = Gen.Select(Steps(1, 3), Steps(0, 4), Steps(0, 5)).Select((products, orders, reviews) => (StreamStory[])
    [
        .. products.Select((steps, number) => steps.Aggregate(new Story(number), (story, step) => story.Random(step))),
        .. orders.Select((steps, number) => steps.Aggregate(new OrderStory(number, customer: number % 2, currency: number % 3 == 0 ? "EUR" : "USD"), (story, step) => story.Random(step))),
        .. reviews.Select((steps, number) => steps.Aggregate(new ReviewStory(number, product: number % 3), (story, step) => story.Random(step))),
    ]);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void Shop_s_read_models_are_complete() => ShopReadModels.All.EnsureComplete(ShopDomain.Instance);

    [Fact]
    public void Shuffled_and_doubled_events_with_gaps_end_at_the_fold_and_the_sum() => Gen.Select(Stories, Gen.Int[0, int.MaxValue - 1]).Sample(
        (stories, seed) => DeliverAsync(ReadModelStores.InMemory(ShopReadModels.All), stories, new Random(seed)).GetAwaiter().GetResult(),
        iter: 300);

    [Fact]
    public async Task Stored_read_models_do_so_too_and_equal_rebuilt_ones_byte_for_byte()
    {
        var db = await dynamo.OpenAsync(Ct);
        var chance = new Random(5);
        for (var i = 0; i < 4; i++)
        {
            StreamStory[] stories =
            [
                .. Enumerable.Range(0, 4).Select(number => Grown(new Story(number), (story, step) => story.Random(step), chance)),
                .. Enumerable.Range(0, 6).Select(number => Grown(new OrderStory(number, customer: number % 2), (story, step) => story.Random(step), chance)),
                .. Enumerable.Range(0, 9).Select(number => Grown(new ReviewStory(number, product: number % 4), (story, step) => story.Random(step), chance)),
            ];
            var (live, liveTables) = await CreateAsync();
            await DeliverAsync(live, stories, chance);

            var (built, builtTables) = await CreateAsync();
            await BuildAsync(built, stories);

            Assert.Equal(await DumpAsync(liveTables), await DumpAsync(builtTables));
        }

        async Task<(ReadModelStores Stores, IReadOnlyList<string> Tables)> CreateAsync()
        {
            var tables = new Dictionary<string, string>();
            foreach (var table in ShopReadModels.All.Tables) tables.Add(table.Name, await dynamo.CreateAsync(table, Ct));
            return (ReadModelStores.OnDynamo(ShopReadModels.All, db, table => tables[table.Name], TimeProvider.System), [.. tables.Where(table => table.Key != ReadModelDeclarations.Checkpoints.Name).OrderBy(table => table.Key).Select(table => table.Value)]);
        }

        async Task<IReadOnlyList<string>> DumpAsync(IReadOnlyList<string> tables)
        {
            var lines = new List<string>();
            foreach (var (number, table) in tables.Index())
                lines.AddRange((await db.ScanAsync(new ScanRequest(table), Ct)).Items.Select(item => $"{number}: {string.Join(' ', item.OrderBy(attribute => attribute.Key, StringComparer.Ordinal).Select(attribute => $"{attribute.Key}={TextOf(attribute.Value)}"))}"));
            Assert.NotEmpty(lines);
            return [.. lines.Order(StringComparer.Ordinal)];
        }

        // DynamoDB stores no trailing zeros of a number. Its local version keeps those of a sum.
        static string TextOf(AttributeValue value) => value.N is { } number ? $"{decimal.Parse(number, CultureInfo.InvariantCulture) / 1.0000000000000000000000000000m}" : value.S;
    }

    private static Task DeliverAsync(ReadModelStores stores, IReadOnlyList<StreamStory> stories, Random chance)
    {
        var delivery = new Delivery(chance);
        var unsteady = stores;
        Shake(ShopReadModels.ProductDocuments);
        Shake(ShopReadModels.Ratings);
        Shake(ShopReadModels.ProductDocumentsV2);
        Shake(ShopReadModels.RatingsV2);
        Shake(ShopReadModels.ReviewDocuments);
        Shake(ShopReadModels.OrderDocuments);
        Shake(ShopReadModels.SearchDocuments);
        return delivery.RunAsync([.. stories.Select(story => story.Events)], reader => ShopReadModels.All.Over(unsteady, reader));

        void Shake<TDocument>(DocumentDeclaration<TDocument> document)
            where TDocument : class => unsteady = unsteady.With(document, delivery.Unsteady(stores.Of(document)));
    }

    private static async Task BuildAsync(ReadModelStores stores, IReadOnlyList<StreamStory> stories)
    {
        var log = new InMemoryEventLog();
        await log.AppendAsync([.. stories.SelectMany(story => story.Events)], [], Ct);
        foreach (var model in ShopReadModels.All.Over(stores, new StreamReader(log, new InMemoryStreamTips())).Models)
            Assert.Equal(0, (await new ReadModelBuild(model, log, log, new InMemoryBuildCheckpoints(), TimeProvider.System).RunAsync(BuildScope.Everything, null, _ => { }, Ct)).StuckStreams);
    }

    private static T Grown<T>(T story, Func<T, int, T> step, Random chance) => Enumerable.Range(0, chance.Next(9)).Aggregate(story, (grown, _) => step(grown, chance.Next(1000)));

    private static Gen<int[][]> Steps(int least, int most) => Gen.Int[0, 1000].Array[0, 9].Array[least, most];
}
