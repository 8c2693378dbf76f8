using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Projections.History;
using ServerlessCqrs.Projections.Stores;
using ServerlessCqrs.ReadModels.Specs.Given;
using ServerlessCqrs.ShopViews;
using ServerlessCqrs.Streams;
using StreamReader = ServerlessCqrs.EventStore.StreamReader;

namespace ServerlessCqrs.ReadModels.Specs.History;

public sealed class DocumentDiffSpecs
{
    private readonly InMemoryEventLog _log = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private DocumentDiff Diff
    {
        get
        {
            var reader = new StreamReader(_log, new InMemoryStreamTips());
            return new DocumentDiff(ShopReadModels.All.Over(ReadModelStores.InMemory(ShopReadModels.All), reader), reader);
        }
    }

    [Fact]
    public async Task Between_two_points_only_what_came_of_it_all_is_told_in_either_direction()
    {
        var story = new Story(1).Price(80).Stock(4).Price(100).Stock(7);
        await _log.AppendAsync(story.Events, [], Ct);

        var forth = await Diff.BetweenAsync(story.Stream, new HistoryBounds(ToVersion: 1), new HistoryBounds(AsOf: story[5].At), Ct);
        var back = await Diff.BetweenAsync(story.Stream, HistoryBounds.Everything, new HistoryBounds(AsOf: story[1].At), Ct);

        Assert.Equal((1, 5, 5, 1), (forth!.FromVersion, forth.ToVersion, back!.FromVersion, back.ToVersion));
        Assert.Equal(["$.inventory.quantity", "$.version", "$.updatedAt"], forth.Changes.Select(change => change.Path));
        Assert.Equal((5, 7), (forth.Changes[0].Before!.Value.GetInt32(), forth.Changes[0].After!.Value.GetInt32()));
        Assert.Equal((7, 5), (back.Changes[0].Before!.Value.GetInt32(), back.Changes[0].After!.Value.GetInt32()));
    }

    [Fact]
    public async Task Document_is_empty_before_its_first_event()
    {
        var story = new Story(1);
        await _log.AppendAsync(story.Events, [], Ct);

        var difference = await Diff.BetweenAsync(story.Stream, new HistoryBounds(AsOf: story[1].At.AddMilliseconds(-1)), HistoryBounds.Everything, Ct);

        Assert.Equal((0, 1), (difference!.FromVersion, difference.ToVersion));
        Assert.Contains(difference.Changes, change => change.Path == "$.name" && change.Before is null);
        Assert.Null(await Diff.BetweenAsync(StreamId.Of("watch", "any"), HistoryBounds.Everything, HistoryBounds.Everything, Ct));
    }
}
