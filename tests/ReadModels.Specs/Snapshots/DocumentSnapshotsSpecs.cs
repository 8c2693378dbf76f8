using CsCheck;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Snapshots;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Projections;
using ServerlessCqrs.Projections.Building;
using ServerlessCqrs.Projections.Stores;
using ServerlessCqrs.ReadModels.Specs.Given;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.ShopViews;
using StreamReader = ServerlessCqrs.EventStore.StreamReader;

namespace ServerlessCqrs.ReadModels.Specs.Snapshots;

/// <summary>Snapshots of products, one per three events.</summary>
public sealed class DocumentSnapshotsSpecs
{
    private readonly InMemorySnapshots _snapshots = new(every: 3);
    private readonly InMemoryEventLog _log = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Trait("Guarantee", "history: a document from a snapshot equals the document from all events")]
    [Fact]
    public void Document_from_a_snapshot_equals_its_fold_at_every_version_and_time() => Gen.Int[0, 1000].Array[0, 20].Sample(
        steps => new DocumentSnapshotsSpecs().ShouldBeTheFoldAsync(steps.Aggregate(new Story(1), (story, step) => story.Random(step))).GetAwaiter().GetResult(),
        iter: 200);

    [Fact]
    public async Task However_events_come_the_snapshots_are_of_the_same_versions()
    {
        var story = new Story(1).Price(90).Price(80).Price(70).Price(60).Price(50).Price(40);
        await _log.AppendAsync(story.Events, [], Ct);
        var models = Models();

        Assert.Empty(await models.ProjectAsync(Says.Events([.. story.Events.Take(2)]), Ct));
        Assert.Empty(await VersionsAsync(models));
        Assert.Empty(await models.ProjectAsync(Says.Hint(story.Stream, story.Version), Ct));
        Assert.Equal([3, 6], await VersionsAsync(models));
    }

    [Fact]
    public async Task A_rebuild_keeps_them_anew()
    {
        var story = new Story(1).Price(90).Price(80).Price(70);
        await _log.AppendAsync(story.Events, [], Ct);
        var models = Models();
        await _snapshots.SaveAsync("products-v1.2", [new Snapshot(story.Stream, 3, story[3].At, "{}")], Ct);

        await new ReadModelBuild(models[ShopReadModels.ProductsV1], _log, _log, new InMemoryBuildCheckpoints(), TimeProvider.System).RunAsync(BuildScope.Everything, null, _ => { }, Ct);

        await ShouldBeTheFoldAsync(models, story);
    }

    [Theory]
    [InlineData("products-v1.2", """{"version":"three"}""")]
    [InlineData("products-v1.1", "{}")]
    [InlineData("products-v2.2", "{}")]
    public async Task What_cannot_be_read_or_is_of_another_shape_or_model_is_as_if_it_were_not_there(string fold, string document)
    {
        var story = new Story(1).Price(90).Price(80).Price(70);
        await _log.AppendAsync(story.Events, [], Ct);
        await _snapshots.SaveAsync(fold, [new Snapshot(story.Stream, 3, story[3].At, document)], Ct);

        Assert.Equal(0, (await Models().DocumentOf(ProductStreams.Category)!.BeginFoldAsync(story.Stream, HistoryBounds.Everything, Ct)).Version);
    }

    private async Task ShouldBeTheFoldAsync(Story story)
    {
        var models = Models();
        foreach (var e in story.Events) Assert.Empty(await models.ProjectAsync(Says.Events(e), Ct));
        await ShouldBeTheFoldAsync(models, story);
    }

    private static async Task ShouldBeTheFoldAsync(ReadModelCatalogue models, Story story)
    {
        foreach (var (_, follower) in models.Of(ProductStreams.Category))
        {
            var whole = follower.BeginFold();
            foreach (var e in story.Events)
            {
                whole.Apply(e);
                foreach (var bounds in (HistoryBounds[])[new(ToVersion: e.Version), new(AsOf: e.At)])
                {
                    var fold = await follower.BeginFoldAsync(story.Stream, bounds, Ct);
                    if (follower == models.DocumentOf(ProductStreams.Category)) Assert.Equal(e.Version / 3 * 3, fold.Version);
                    foreach (var later in story.Events.Skip((int)fold.Version).TakeWhile(later => later.Version <= e.Version)) fold.Apply(later);
                    Assert.Equal((whole.Version, whole.Document), (fold.Version, fold.Document));
                }
            }
        }
    }

    private static async Task<IEnumerable<long>> VersionsAsync(ReadModelCatalogue models) =>
        (await models.DocumentOf(ProductStreams.Category)!.LoadSnapshotsAsync([new Story(1).Stream], Ct)).Select(snapshot => snapshot.Version);

    private ReadModelCatalogue Models() => ShopReadModels.All.Over(ReadModelStores.InMemory(ShopReadModels.All), new StreamReader(_log, new InMemoryStreamTips()), _snapshots);
}
