using CsCheck;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Projections;
using ServerlessCqrs.Projections.History;
using ServerlessCqrs.Projections.Stores;
using ServerlessCqrs.ReadModels.Specs.Given;
using ServerlessCqrs.ShopViews;
using StreamReader = ServerlessCqrs.EventStore.StreamReader;

namespace ServerlessCqrs.ReadModels.Specs.History;

public sealed class DocumentChangesSpecs
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_event_is_told_with_what_it_changed_in_the_document()
    {
        var story = new Story(1).Price(80).Revise(name: "Headset").Delete();

        var changes = await ChangesOf(story).OfAsync(story.Events, [], Ct);

        Assert.Equal(["pricing.currentPrice: 100 → 80", "pricing.discount: 0 → 20"], Tell(changes[story[2].EventId]));
        Assert.Equal(["name: \"Wireless Headphones 1\" → \"Headset\"", "slug: \"wireless-headphones-1\" → \"headset\""], Tell(changes[story[3].EventId]));
        Assert.Contains("name: nothing → \"Wireless Headphones 1\"", Tell(changes[story[1].EventId]));
        Assert.Contains("slug: \"headset\" → nothing", Tell(changes[story[4].EventId]));
    }

    [Fact]
    public void Each_event_shows_the_difference_of_its_two_documents_in_any_order() =>
        Gen.Select(Gen.Int[0, 1000].Array[1, 12].Array[1, 3], Gen.Int[0, int.MaxValue - 1]).Sample(
            (steps, seed) =>
            {
                var stories = steps.Select((all, number) => all.Aggregate(new Story(number), (story, step) => story.Random(step))).ToArray();
                var chance = new Random(seed);
                var changes = ChangesOf(stories);
                foreach (var page in stories.SelectMany(story => story.Events).Where(_ => chance.Next(3) > 0).OrderBy(_ => chance.Next()).Chunk(4))
                {
                    var told = changes.OfAsync(page, [], CancellationToken.None).GetAwaiter().GetResult();
                    foreach (var e in page) Assert.Equal(Expected(stories.Single(story => story.Stream == e.Stream), e.Version), Tell(told[e.EventId]));
                }
            },
            iter: 100);

    [Fact]
    public async Task In_the_order_of_time_nothing_is_read_twice()
    {
        var story = Enumerable.Range(0, 40).Aggregate(new Story(1), (grown, step) => grown.Price(50 + step));
        var log = new CountingHistory(await LogOf(story));
        var changes = new DocumentChanges(Models(), log);

        foreach (var page in story.Events.Chunk(7)) Assert.Equal(page.Length, (await changes.OfAsync(page, [], Ct)).Count);
        Assert.Equal(0, log.Reads);

        Assert.Single(await changes.OfAsync([story[20]], [], Ct));
        Assert.Equal(1, log.Reads);
    }

    [Fact]
    public async Task Event_that_cannot_be_applied_is_shown_without_changes()
    {
        var (broken, sound) = (new Story(1).Price(90), new Story(2).Price(90));

        var changes = await ChangesOf(broken, sound).OfAsync([broken[2].Unknown(), sound[2]], [], Ct);

        Assert.Equal([sound[2].EventId], changes.Keys);
    }

    private static IReadOnlyList<string> Expected(Story story, long version)
    {
        var follower = Models().DocumentOf("product")!;
        var fold = follower.BeginFold();
        foreach (var e in story.Events.Take((int)version - 1)) fold.Apply(e);
        var before = fold.Document;
        fold.Apply(story[version]);
        return
        [
            .. JsonChanges.Between(before ?? "{}", fold.Document ?? "{}")
                .Where(change => change.Path is not ("$.version" or "$.updatedAt") || before is null || fold.Document is null)
                .Select(change => $"{change.Path[2..]}: {change.Before?.GetRawText() ?? "nothing"} → {change.After?.GetRawText() ?? "nothing"}"),
        ];
    }

    private static IReadOnlyList<string> Tell(IReadOnlyList<DocumentChange> changes) => [.. changes.Select(change => $"{change.Path}: {Text(change.Before)} → {Text(change.After)}")];

    private static string Text(System.Text.Json.JsonElement? value) => value?.GetRawText() ?? "nothing";

    private static DocumentChanges ChangesOf(params Story[] stories) => new(Models(), LogOf(stories).GetAwaiter().GetResult());

    private static async Task<InMemoryEventLog> LogOf(params Story[] stories)
    {
        var log = new InMemoryEventLog();
        await log.AppendAsync([.. stories.SelectMany(story => story.Events)], [], CancellationToken.None);
        return log;
    }

    private static ReadModelCatalogue Models() => ShopReadModels.All.Over(ReadModelStores.InMemory(ShopReadModels.All), new StreamReader(new InMemoryEventLog(), new InMemoryStreamTips()));
}
