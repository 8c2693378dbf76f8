using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using ServerlessCqrs.Projections;
using ServerlessCqrs.Projections.Declarations;
using ServerlessCqrs.Projections.Dynamo;
using ServerlessCqrs.ReadModels.Specs.Given;
using ServerlessCqrs.Streams;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.ReadModels.Specs.Dynamo;

public sealed class DynamoAggregatesSpecs(DynamoFixture dynamo) : AggregatesSpecs
{
    private static readonly Table Shelves = new("shelves", new KeyAttribute("stream"));

    [Fact]
    public async Task An_aggregate_on_the_item_of_another_stream_outlives_all_that_happens_to_the_item()
    {
        var (db, table) = await CreateAsync();
        var items = new DynamoReadModel<OnShelf>(db, table, new DocumentDeclaration<OnShelf>(new ShelfProjection()));
        var (shown, early, late) = (new Story(1), new Story(2), new Story(3));
        var feeding = new FeedingProjection(shown);
        var feeders = new DynamoReadModel<OnShelf>(db, table, new DocumentDeclaration<OnShelf>(feeding));

        await feeders.SaveAsync(feeding.Fold(early.Events)!, null, Ct);
        Assert.Empty(await items.LoadAsync([shown.Stream], Ct));
        Assert.Empty(await items.LoadVersionsAsync([shown.Stream], Ct));

        var item = new ShelfProjection().Fold(shown.Events)!;
        Assert.True(await items.SaveAsync(item, null, Ct));
        var tombstone = new ShelfProjection().Fold(shown.Delete().Events)!;
        Assert.True(await items.SaveAsync(tombstone, item, Ct));
        await feeders.SaveAsync(feeding.Fold(late.Events)!, null, Ct);

        Assert.Equal(tombstone, (await items.LoadAsync([shown.Stream], Ct))[shown.Stream]);
        Assert.Equal("2", (await db.GetItemAsync(table, new() { ["stream"] = new(shown.Stream.ToString()) }, Ct)).Item["sum:feeders"].N);
    }

    [Fact]
    public async Task What_a_row_has_added_is_never_added_on_trust()
    {
        var (db, table) = await CreateAsync();
        var store = new DynamoReadModel<OnShelf>(db, table, new DocumentDeclaration<OnShelf>(new ShelfProjection()));
        var story = new Story(1);
        var item = new ShelfProjection().Fold(story.Events)!;
        await store.SaveAsync(item, null, Ct);
        await db.UpdateItemAsync(
            new UpdateItemRequest
            {
                TableName = table,
                Key = new() { ["stream"] = new(story.Stream.ToString()) },
                UpdateExpression = "SET adds = :broken",
                ExpressionAttributeValues = new() { [":broken"] = new("{") },
            },
            Ct);

        var found = (await store.LoadAsync([story.Stream], Ct))[story.Stream];

        Assert.NotNull(found.Fault);
        Assert.False(await store.SaveAsync(item, found, Ct));
    }

    internal override async Task<IReadModel<OnShelf>> OpenAsync(IProjection<OnShelf> projection)
    {
        var (db, table) = await CreateAsync();
        return new DynamoReadModel<OnShelf>(db, table, new DocumentDeclaration<OnShelf>(projection));
    }

    private async Task<(IAmazonDynamoDB Db, string Table)> CreateAsync() => (await dynamo.OpenAsync(Ct), await dynamo.CreateAsync(Shelves, Ct));

    /// <summary>Adds to the aggregate of another product.</summary>
    private sealed class FeedingProjection(Story about) : IProjection<OnShelf>
    {
        private readonly ShelfProjection _shelves = new();

        public string Category => _shelves.Category;

        public Streams.ShapeVersion Shape => _shelves.Shape;

        public System.Text.Json.Serialization.Metadata.JsonTypeInfo<OnShelf> Json => _shelves.Json;

        public OnShelf? Apply(OnShelf? document, EventStore.EventRecord e) => _shelves.Apply(document, e);

        public Contribution Adds(OnShelf document) => new(about.Stream, new Dictionary<string, decimal> { ["feeders"] = 1 });
    }
}
