using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Projections;
using ServerlessCqrs.Projections.Live;
using ServerlessCqrs.Projections.Reconciling;
using ServerlessCqrs.Projections.Stores;
using ServerlessCqrs.ReadModels.Specs.Given;
using ServerlessCqrs.ShopViews;
using ServerlessCqrs.Streams;
using StreamReader = ServerlessCqrs.EventStore.StreamReader;

namespace ServerlessCqrs.ReadModels.Specs.Reconciling;

public sealed class ReconcilerSpecs
{
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(5);

    private readonly InMemoryEventLog _log = new();
    private readonly InMemoryStreamTips _tips = new();
    private readonly ReadModelStores _stores = ReadModelStores.InMemory(ShopReadModels.All);
    private readonly InMemoryReadModelStates _states = new();
    private readonly HandClock _clock = new() { Now = StreamStory.Start.AddHours(1) };
    private readonly ReadModelCatalogue _models;

    public ReconcilerSpecs() => _models = ShopReadModels.All.Over(_stores, new StreamReader(_log, _tips));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private LiveReadModels Live => new(_models, _states, _clock);

    private Reconciler Reconciler => new(Live, _log, _tips, _log, _clock);

    [Trait("Guarantee", "repair: `reconcile` finds exactly what lost messages left behind")]
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(500)]
    [InlineData(int.MaxValue)]
    public async Task Exactly_the_streams_of_lost_messages_are_found_and_repaired(int slice)
    {
        var chance = new Random(slice);
        StreamStory[] stories =
        [
            .. Enumerable.Range(0, 600).Select(number => Enumerable.Range(0, 1 + number % 4).Aggregate(new Story(number), (story, _) => story.Random(chance.Next(1000)))),
            .. Enumerable.Range(0, 40).Select(number => new ReviewStory(number).Submit().Approve()),
            .. Enumerable.Range(0, 40).Select(number => new OrderStory(number).Confirm()),
        ];
        var models = (await Live.NowAsync(Ct)).Models;
        Dictionary<string, long> drifted = [];
        foreach (var story in stories)
        {
            await HappenAsync(story);
            foreach (var model in models.Where(model => model.Of(story.Stream.Category) is not null))
            {
                var applied = chance.Next(100) < 3 ? chance.Next((int)story.Version) : story.Version;
                if (applied < story.Version) drifted[model.Name] = drifted.GetValueOrDefault(model.Name) + 1;
                if (applied > 0) Assert.All(await model.ProjectAsync(Says.Events([.. story.Events.Take((int)applied)]), Ct), projected => Assert.Null(projected.Error));
            }
        }

        var first = await PassAsync(slice);
        var second = await PassAsync(slice);

        Assert.Equal(stories.Length, first.Streams);
        Assert.All(first.Models, model => Assert.Equal((drifted.GetValueOrDefault(model.Model), 0, 0), (model.Repaired, model.OnTheWay, model.Stuck.Count)));
        Assert.True(drifted.Values.Sum() > 20);
        Assert.All(second.Models, model => Assert.Equal((0, 0, 0), (model.Repaired, model.OnTheWay, model.Stuck.Count)));
        foreach (var follower in models.SelectMany(model => model.Followers))
            foreach (var story in stories.Where(story => story.Stream.Category == follower.Category))
                Assert.Equal(follower.Fold(story.Events), (await follower.LoadAsync([story.Stream], Ct))[story.Stream]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task What_is_behind_for_less_than_the_grace_is_on_its_way_and_left_alone(int applied)
    {
        var story = new Story(1).Price(80).Price(70);
        await HappenAsync(story, logged: 2);
        await _models.ProjectAsync(Says.Events([.. story.Events.Take(applied)]), Ct);

        _clock.Now = story[applied + 1].At + Grace - TimeSpan.FromMilliseconds(1);
        Assert.Equal((1, 0), Of(await PassAsync(100), "products-v1"));
        _clock.Now += TimeSpan.FromMilliseconds(1);
        Assert.Equal((0, 1), Of(await PassAsync(100), "products-v1"));
        Assert.Equal(70, (await _stores.Of(ShopReadModels.ProductDocuments).FindAsync(story.Stream))!.Document!.Pricing.CurrentPrice);

        static (long, long) Of(ReconcileReport report, string name) => report.Models.Where(model => model.Model == name).Select(model => (model.OnTheWay, model.Repaired)).Single();
    }

    [Fact]
    public async Task What_cannot_be_repaired_is_told_with_its_reason_and_hinders_nothing_else()
    {
        var (broken, sound) = (new Story(1).Price(80), new Story(2).Price(70));
        await HappenAsync(sound);
        await _log.AppendAsync([broken[1], broken[2].Unknown()], [], Ct);
        await CommitAsync(broken.Stream, [broken[2].Unknown()]);

        var report = await PassAsync(100);

        Assert.False(report.IsClean);
        Assert.All(report.Models.Where(model => model.Items > 0), model =>
        {
            Assert.Equal(1, model.Repaired);
            var stuck = Assert.Single(model.Stuck);
            Assert.Equal((broken.Stream, 0, 2), (stuck.Stream, stuck.ItemVersion, stuck.StreamVersion));
            Assert.Contains("ProductBlessed", stuck.Reason, StringComparison.Ordinal);
        });
    }

    /// <summary>Reconciles all streams slice by slice.</summary>
    private async Task<ReconcileReport> PassAsync(int slice)
    {
        ReconcileReport? all = null;
        StreamId? after = null;
        do
        {
            var (report, through) = await Reconciler.RunAsync(after, slice, Grace, Ct);
            all = all?.Plus(report) ?? report;
            after = through;
        }
        while (after is not null);
        return all;
    }

    private async Task HappenAsync(StreamStory story, int? logged = null)
    {
        await _log.AppendAsync([.. story.Events.Take(logged ?? int.MaxValue)], [], Ct);
        await CommitAsync(story.Stream, [.. story.Events.Skip(Math.Max(0, (logged ?? story.Events.Count) - 1))]);
    }

    private async Task CommitAsync(StreamId stream, IReadOnlyList<EventRecord> newest) =>
        Assert.True(await _tips.CommitAsync(new StreamTip(stream, newest[^1].Version, 1, "{}", new SourcePosition("here", "1"), newest[^1].At, new Commit(newest, []), OutcomeRing.Empty), null, Ct));

    /// <summary>A clock that is set by hand.</summary>
    private sealed class HandClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
