using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Projections.History;
using ServerlessCqrs.Projections.Stores;
using ServerlessCqrs.ReadModels.Specs.Given;
using ServerlessCqrs.Shop;
using ServerlessCqrs.ShopViews;
using ServerlessCqrs.Streams;
using StreamReader = ServerlessCqrs.EventStore.StreamReader;

namespace ServerlessCqrs.ReadModels.Specs.History;

public sealed class HistoryReaderSpecs
{
    private readonly InMemoryEventLog _log = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_command_is_told_with_who_when_why_and_what_came_of_it()
    {
        var story = new Story(1).Price(80);
        var cause = Guid.NewGuid();
        var refused = Refusal(story[2]) with { CorrelationId = "request-7", CausationId = cause };
        await _log.AppendAsync(story.Events, [.. story.Events.Select(Applied), refused], Ct);

        var history = await Reader.ReadAsync(new TrailQuery(story.Stream), null, Ct).ToListAsync(Ct);

        Assert.Equal([("CreateProduct", "applied", 1L), ("CreateProduct", "applied", 2L), ("UpdateProductPrice", "refused", 2L)], history.Select(item => (item.Type, item.Status, item.Version)));
        Assert.Equal("pricing.currentPrice", Assert.Single(history[1].Events).Changes![0].Path);
        Assert.Equal((80m, 100m), (history[1].Events[0].Data.GetProperty("new").GetProperty("amount").GetDecimal(), history[1].Events[0].Changes![0].Before!.Value.GetDecimal()));
        Assert.Equal(("price_cut_too_deep", "More than half off.", "request-7", cause), (history[2].Code, history[2].Reason, history[2].CorrelationId, history[2].CausationId));
        Assert.Equal((1m, "seller-1", "seller"), (history[2].Asked!.Value.GetProperty("amount").GetDecimal(), history[2].Actor.Id, history[2].Actor.Role));
        Assert.Equal((story[2].At, story[2].At.AddMilliseconds(-5)), (history[2].DecidedAt, history[2].IssuedAt));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(100)]
    public async Task Pages_from_the_newest_are_the_whole_history_with_the_tips_commits(int limit)
    {
        var story = Enumerable.Range(0, 12).Aggregate(new Story(1), (grown, step) => grown.Price(50 + step));
        await _log.AppendAsync([.. story.Events.Take(10)], [.. story.Events.Take(10).Select(Applied), Refusal(story[5])], Ct);
        var tip = TipOf(story, from: 9);

        var forwards = await Reader.ReadAsync(new TrailQuery(story.Stream), tip, Ct).ToListAsync(Ct);
        List<HistoryItem> backwards = [];
        TrailPlace? after = null;
        do
        {
            var (items, next) = await Reader.ReadPageAsync(new TrailQuery(story.Stream), tip, after, limit, Ct);
            Assert.True(items.Count == limit || next is null && items.Count < limit + 1);
            backwards.AddRange(items);
            after = next;
        }
        while (after is not null);

        Assert.Equal(14, forwards.Count);
        Assert.Equal(forwards.Select(Text), Enumerable.Reverse(backwards).Select(Text));
        Assert.All(forwards.SelectMany(item => item.Events), e => Assert.NotEmpty(e.Changes!));
    }

    [Fact]
    public async Task What_one_actor_did_on_many_streams_is_told_in_the_order_of_time()
    {
        var stories = Enumerable.Range(0, 30).Select(number => new Story(number).Price(90).Stock(number)).ToArray();
        await _log.AppendAsync([.. stories.SelectMany(story => story.Events)], [.. stories.SelectMany(story => story.Events).Select(Applied)], Ct);
        await _log.AppendAsync([], [Refusal(stories[3][2]) with { Actor = new Actor("seller-2", ShopRoles.Seller) }], Ct);

        var history = await Reader.ReadAsync(new TrailQuery(Actor: "seller-1"), null, Ct).ToListAsync(Ct);

        Assert.Equal(90, history.Count);
        Assert.Equal(history.OrderBy(item => item.DecidedAt).ThenBy(item => item.Stream, StringComparer.Ordinal).ThenBy(item => item.Version).Select(Text), history.Select(Text));
        Assert.Equal(["seller-2"], await Reader.ReadAsync(new TrailQuery(Actor: "seller-2"), null, Ct).Select(item => item.Actor.Id).ToListAsync(Ct));
    }

    [Fact]
    public async Task Streams_that_no_read_model_has_documents_of_are_told_by_their_events()
    {
        var watch = EventRecord.Of(ShopContracts.Events, StreamId.Of("watch", $"{Guid.NewGuid()}-anna"), 1, new Shop.Watches.PriceUnwatched(Guid.NewGuid(), "anna"), Guid.NewGuid(), 0, new Actor("anna", ShopRoles.Customer), Story.Start);
        await _log.AppendAsync([watch], [Applied(watch)], Ct);

        var e = Assert.Single((await Reader.ReadAsync(new TrailQuery(watch.Stream), null, Ct).SingleAsync(Ct)).Events);

        Assert.Null(e.Changes);
        Assert.Equal("anna", e.Data.GetProperty("customer").GetString());
    }

    private HistoryReader Reader => new(_log, _log, _log, ShopReadModels.All.Over(ReadModelStores.InMemory(ShopReadModels.All), new StreamReader(_log, new InMemoryStreamTips())));

    private static string Text(HistoryItem item) => System.Text.Json.JsonSerializer.Serialize(item, HistoryJson.Default.HistoryItem);

    private static CommandOutcome Applied(EventRecord e) => new(e.Stream, e.CommandId, null, "CreateProduct", CommandStatus.Applied, e.Version, [e.Type], null, null, null, e.Actor, e.At, e.At.AddMilliseconds(-5), null, null);

    private static CommandOutcome Refusal(EventRecord at) => Applied(at) with
    {
        CommandId = CommandIds.Named(at.CommandId, "refused"),
        CommandType = "UpdateProductPrice",
        Status = CommandStatus.Refused,
        Events = [],
        Code = "price_cut_too_deep",
        Reason = "More than half off.",
        CommandData = """{"amount":1}""",
    };

    private static StreamTip TipOf(Story story, int from)
    {
        EventRecord[] newest = [.. story.Events.Skip(from)];
        return new StreamTip(story.Stream, story.Version, 1, "{}", new SourcePosition("here", "1"), newest[^1].At, new Commit(newest, [.. newest.Select(Applied)]), OutcomeRing.Empty);
    }
}
