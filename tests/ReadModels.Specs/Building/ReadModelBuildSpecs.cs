using CsCheck;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Projections;
using ServerlessCqrs.Projections.Building;
using ServerlessCqrs.ReadModels.Specs.Given;
using ServerlessCqrs.ShopViews.Products;
using ServerlessCqrs.Streams;
using StreamReader = ServerlessCqrs.EventStore.StreamReader;

namespace ServerlessCqrs.ReadModels.Specs.Building;

public sealed class ReadModelBuildSpecs
{
    private static readonly ShelfProjection Projection = new();

    private readonly InMemoryEventLog _log = new();
    private readonly InMemoryReadModel<OnShelf> _shelves = new();
    private readonly InMemoryBuildCheckpoints _checkpoints = new();
    private readonly WaitingClock _clock = new();
    private readonly List<BuildProgress> _progress = [];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_empty_read_model_is_filled_from_the_log()
    {
        var stories = await HappenAsync([.. Enumerable.Range(0, 1_234).Select(number => new Story(number).Price(90)), new Story(2000).Price(70).Delete()]);

        var report = await RunAsync();

        Assert.Equal((1_235, 2_471, 0, 0), (report.Streams, report.Events, report.Ahead, report.StuckStreams));
        await AssertIsFoldAsync(stories);
        Assert.Equal((1_235, 2_471, 1_235, 2_471), (_progress[^1].Streams, _progress[^1].Events, _progress[^1].TotalStreams, _progress[^1].TotalEvents));
    }

    [Fact]
    public async Task What_is_at_or_below_the_fold_is_written_again_and_what_is_newer_stays()
    {
        var (spoiled, behind, ahead) = (new Story(1).Price(90), new Story(2).Price(90), new Story(3).Price(90).Stock(2));
        await HappenAsync(spoiled, behind);
        await _log.AppendAsync([ahead[1]], [], Ct);
        await _shelves.SaveAsync(ItemOf(spoiled) with { Document = new OnShelf("nowhere", 1, 1, default), Adds = null }, null, Ct);
        await _shelves.SaveAsync(ItemOf(behind, 1), null, Ct);
        await _shelves.SaveAsync(ItemOf(ahead), null, Ct);

        var report = await RunAsync();

        Assert.Equal(1, report.Ahead);
        await AssertIsFoldAsync([spoiled, behind, ahead]);
    }

    /// <summary>
    /// The build is repeatedly stopped or killed at any save. Between and during its runs, events occur and are
    /// projected as usual.
    /// </summary>
    [Fact]
    public void Stopped_anywhere_and_gone_on_with_while_events_flow_it_ends_at_the_fold() => Gen.Select(Gen.Int[0, 1000].Array[0, 8].Array[1, 40], Gen.Int[0, int.MaxValue - 1]).Sample(
        (steps, seed) => StopAndGoOnAsync([.. steps.Select((some, number) => some.Aggregate(new Story(number), (story, step) => story.Random(step)))], new Random(seed)).GetAwaiter().GetResult(),
        iter: 200);

    [Fact]
    public async Task It_goes_on_where_it_stopped()
    {
        var stories = await HappenAsync([.. Enumerable.Range(0, 1_000).Select(number => new Story(number))]);
        var failing = true;
        var shelves = new UnsteadyItems<OnShelf>(_shelves, _ => failing && _progress.LastOrDefault()?.Streams >= 700 ? throw new IOException("no connection") : Task.CompletedTask);

        var stopped = await Assert.ThrowsAsync<BuildStoppedException>(() => RunAsync(shelves: shelves));
        Assert.Contains("no connection", stopped.Message, StringComparison.Ordinal);
        failing = false;
        var before = shelves.Saves;
        var report = await RunAsync(shelves: shelves);

        Assert.Equal((300, 300), (report.Streams, shelves.Saves - before));
        Assert.Equal((1_000, 1_000), (_progress[^1].Streams, _progress[^1].TotalStreams));
        await AssertIsFoldAsync(stories);
        Assert.Equal(1_000, (await RunAsync()).Streams);
    }

    [Fact]
    public async Task A_build_can_be_begun_anew()
    {
        await HappenAsync([.. Enumerable.Range(0, 600).Select(number => new Story(number))]);
        var shelves = new UnsteadyItems<OnShelf>(_shelves, _ => _progress.LastOrDefault()?.Streams >= 500 ? throw new IOException("no connection") : Task.CompletedTask);
        await Assert.ThrowsAsync<BuildStoppedException>(() => RunAsync(shelves: shelves));
        _progress.Clear();

        await Build().RestartAsync(BuildScope.Everything, Ct);

        Assert.Equal(600, (await RunAsync()).Streams);
    }

    [Fact]
    public async Task A_stream_that_cannot_be_folded_is_named_and_the_others_are_built()
    {
        var (unknown, gap) = (new Story(1), new Story(2).Price(90).Stock(1));
        var stories = await HappenAsync([.. Enumerable.Range(3, 30).Select(number => new Story(number))]);
        await _log.AppendAsync([unknown[1].Unknown(), gap[1], gap[3]], [], Ct);

        var report = await RunAsync(products: new InMemoryProducts());

        Assert.Equal((32, 2), (report.Streams, report.StuckStreams));
        Assert.Equal(["HistoryEndsShortException", "UnknownContractException"], report.Stuck.Select(stuck => stuck.Reason.Split(':')[0]).Order());
        Assert.Equal(30, stories.Count);
    }

    [Theory]
    [InlineData(50)]
    [InlineData(3)]
    [InlineData(2_000)]
    public async Task No_more_is_written_in_a_second_than_is_allowed(int perSecond)
    {
        await HappenAsync([.. Enumerable.Range(0, 600).Select(number => new Story(number))]);
        var at = new List<TimeSpan>();
        var start = _clock.GetTimestamp();
        var shelves = new UnsteadyItems<OnShelf>(_shelves, _ =>
        {
            lock (at) at.Add(_clock.GetElapsedTime(start));
            return Task.CompletedTask;
        });

        await RunAsync(shelves: shelves, writesPerSecond: perSecond);

        Assert.Equal(600, at.Count);
        var burst = Math.Clamp(perSecond / 10, 1, 100);
        foreach (var second in at.GroupBy(time => (int)time.TotalSeconds)) Assert.InRange(second.Count(), 1, perSecond + burst);
        Assert.InRange(at[^1].TotalSeconds, (599.0 - burst) / perSecond, 600.0 / perSecond);
    }

    [Fact]
    public async Task The_time_that_remains_is_told_from_the_rate_so_far()
    {
        await HappenAsync([.. Enumerable.Range(0, 400).Select(number => new Story(number).Price(90))]);

        await RunAsync(writesPerSecond: 100);

        var half = _progress.First(progress => progress.Streams >= 200);
        Assert.InRange(half.StreamsPerSecond, 90, 120);
        Assert.InRange(half.EventsPerSecond, 180, 240);
        Assert.InRange(half.Remaining!.Value.TotalSeconds, 1.5, 2.5);
        Assert.Equal(TimeSpan.Zero, _progress[^1].Remaining);
    }

    [Fact]
    public async Task Only_what_changed_since_a_time_is_built_and_that_whole()
    {
        var (old, changed) = (new Story(1).Price(90), new Story(5000).Price(90));
        await HappenAsync(old, changed);

        var report = await RunAsync(new BuildScope(ChangedSince: changed[2].At));

        Assert.Equal((1, 2), (report.Streams, report.Events));
        await AssertIsFoldAsync([changed]);
    }

    [Fact]
    public async Task One_stream_is_built_alone()
    {
        var (one, other) = (new Story(1).Price(90), new Story(2));
        await HappenAsync(one, other);

        Assert.Equal((1, 2), await Build().RunAsync(one.Stream, Ct) is var report ? (report.Streams, report.Events) : default);
        await AssertIsFoldAsync([one]);
        Assert.Equal(0, (await Build().RunAsync(new Story(9).Stream, Ct)).Streams);
    }

    [Fact]
    public async Task A_category_that_the_read_model_does_not_follow_is_refused()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => RunAsync(new BuildScope("watch")));
        await Assert.ThrowsAsync<ArgumentException>(() => Build().RunAsync(StreamId.Of("watch", "x"), Ct));
    }

    [Fact]
    public async Task A_second_build_changes_nothing_not_even_the_aggregates()
    {
        var stories = await HappenAsync([.. Enumerable.Range(0, 50).Select(number => new Story(number).Stock(number))]);
        await RunAsync();

        await RunAsync();

        await AssertIsFoldAsync(stories);
    }

    private static async Task StopAndGoOnAsync(Story[] stories, Random chance)
    {
        var (log, shelves, checkpoints) = (new InMemoryEventLog(), new InMemoryReadModel<OnShelf>(), new InMemoryBuildCheckpoints());
        var reader = new StreamReader(log, new InMemoryStreamTips());
        var live = new ReadModel("shelves-v1", new Projector<OnShelf>(shelves, Projection, reader));
        var open = new Queue<EventRecord>(stories.SelectMany(story => story.Events.Select((e, i) => (At: chance.NextDouble() + i, e))).OrderBy(one => one.At).Select(one => one.e));
        var happened = stories.ToDictionary(story => story.Stream, _ => 0);
        await HappenAsync(chance.Next(open.Count));

        for (var run = 0; ; run++)
        {
            Assert.True(run < 200, "It does not end.");
            using var stop = new CancellationTokenSource();
            var saves = chance.Next(1, 30);
            var unsteady = new UnsteadyItems<OnShelf>(shelves, async _ =>
            {
                if (Interlocked.Decrement(ref saves) == 0) await stop.CancelAsync();
                stop.Token.ThrowIfCancellationRequested();
                bool more;
                lock (chance) more = chance.Next(4) == 0;
                if (more) await HappenAsync(1);
            });
            try
            {
                var model = new ReadModel("shelves-v1", new Projector<OnShelf>(unsteady, Projection, reader));
                IBuildCheckpoints kept = chance.Next(2) == 0 ? checkpoints : new UntilKilled(checkpoints, stop.Token);
                await new ReadModelBuild(model, log, log, kept, new WaitingClock()).RunAsync(BuildScope.Everything, 10, _ => { }, stop.Token);
                break;
            }
            catch (OperationCanceledException)
            {
                await HappenAsync(chance.Next(3));
            }
        }

        await HappenAsync(open.Count);
        await Delivery.AssertIsFoldAsync(live, [.. stories.Select(story => story.Events)]);

        async Task HappenAsync(int events)
        {
            List<EventRecord> now = [];
            lock (open)
                while (events-- > 0 && open.TryDequeue(out var e)) now.Add(e);
            await log.AppendAsync(now, [], CancellationToken.None);
            foreach (var e in now) Assert.All(await live.ProjectAsync(Says.Events(e), CancellationToken.None), result => Assert.Null(result.Error));
        }
    }

    private static ReadModelItem<OnShelf> ItemOf(Story story, long version = long.MaxValue) => Projection.Fold(story.Events.Where(e => e.Version <= version))!;

    private async Task<IReadOnlyList<Story>> HappenAsync(params IReadOnlyList<Story> stories)
    {
        await _log.AppendAsync([.. stories.SelectMany(story => story.Events)], [], Ct);
        return stories;
    }

    private ReadModelBuild Build(IReadModel<OnShelf>? shelves = null, IReadModel<ProductDocument>? products = null)
    {
        var reader = new StreamReader(_log, new InMemoryStreamTips());
        var model = products is null
            ? new ReadModel("shelves-v1", new Projector<OnShelf>(shelves ?? _shelves, Projection, reader))
            : new ReadModel("products-v1", new Projector<ProductDocument>(products, new ProductProjection(), reader));
        return new ReadModelBuild(model, _log, _log, _checkpoints, _clock);
    }

    private Task<BuildReport> RunAsync(BuildScope? scope = null, IReadModel<OnShelf>? shelves = null, IReadModel<ProductDocument>? products = null, double? writesPerSecond = null) =>
        Build(shelves, products).RunAsync(scope ?? BuildScope.Everything, writesPerSecond, _progress.Add, Ct);

    /// <summary>Saves no checkpoint after a kill.</summary>
    private sealed class UntilKilled(IBuildCheckpoints inner, CancellationToken killed) : IBuildCheckpoints
    {
        public Task<BuildCheckpoint?> FindAsync(string build, CancellationToken ct) => inner.FindAsync(build, ct);

        public Task SaveAsync(string build, BuildCheckpoint checkpoint, CancellationToken ct)
        {
            killed.ThrowIfCancellationRequested();
            return inner.SaveAsync(build, checkpoint, ct);
        }

        public Task CompleteAsync(string build, CancellationToken ct) => inner.CompleteAsync(build, ct);

        public Task<bool> IsCompleteAsync(string build, CancellationToken ct) => inner.IsCompleteAsync(build, ct);

        public Task DeleteAsync(string build, CancellationToken ct) => inner.DeleteAsync(build, ct);
    }

    private Task AssertIsFoldAsync(IReadOnlyList<Story> stories) => Delivery.AssertIsFoldAsync(
        new ReadModel("shelves-v1", new Projector<OnShelf>(_shelves, Projection, new StreamReader(_log, new InMemoryStreamTips()))),
        [.. stories.Select(story => story.Events)]);
}
