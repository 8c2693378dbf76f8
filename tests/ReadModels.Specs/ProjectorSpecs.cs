using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Publishing;
using ServerlessCqrs.Projections;
using ServerlessCqrs.ReadModels.Specs.Given;
using ServerlessCqrs.ShopViews.Products;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.ReadModels.Specs;

public sealed class ProjectorSpecs
{
    private static readonly ProductProjection Projection = new();
    private readonly TestLog _log = new();
    private readonly InMemoryProducts _products = new();

    private Projector<ProductDocument> Projector => new(_products, Projection, _log.Reader);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_next_events_are_applied_without_reading_the_log()
    {
        var story = new Story(1).Price(90).Stock(2);

        await ProjectAsync(Says.Events(story[1], story[2]));
        var result = await ProjectAsync(Says.Events(story[3]));

        Assert.Equal([new Projected(story.Stream, 3)], result);
        Assert.Equal(0, _log.Reads);
        await AssertIsFoldAsync(story);
    }

    [Fact]
    public async Task Old_events_change_nothing()
    {
        var story = new Story(1).Price(90).Stock(2);
        await ProjectAsync(Says.Events([.. story.Events]));

        var result = await ProjectAsync(Says.Events(story[1], story[2]));

        Assert.Equal([new Projected(story.Stream, 3)], result);
        await AssertIsFoldAsync(story);
    }

    [Fact]
    public async Task A_gap_is_filled_from_the_log()
    {
        var story = new Story(1).Price(90).Stock(2);
        _log.Append(story);

        await ProjectAsync(Says.Events(story[3]));

        await AssertIsFoldAsync(story);
    }

    [Fact]
    public async Task A_hint_is_enough()
    {
        var story = new Story(1).Price(90);
        _log.Append(story);

        await ProjectAsync(Says.Hint(story.Stream, 2));

        await AssertIsFoldAsync(story);
    }

    [Fact]
    public async Task A_history_that_ends_before_its_hint_fails_the_stream_until_it_is_there()
    {
        var story = new Story(1).Price(90).Stock(2);
        _log.Append(story[1]);

        var result = Assert.Single(await ProjectAsync(Says.Events(story[3])));

        Assert.IsType<HistoryEndsShortException>(result.Error);
        Assert.Null(await _products.FindAsync(story.Stream));

        _log.Append(story);
        Assert.Null(Assert.Single(await ProjectAsync(Says.Events(story[3]))).Error);
        await AssertIsFoldAsync(story);
    }

    [Fact]
    public async Task All_gaps_of_a_batch_are_one_read()
    {
        Story[] stories = [.. Enumerable.Range(1, 30).Select(n => new Story(n).Price(90).Stock(2))];
        foreach (var story in stories) _log.Append(story);

        await ProjectAsync([.. stories.SelectMany(story => Says.Events(story[3]))]);

        Assert.Equal(1, _log.Reads);
        foreach (var story in stories) await AssertIsFoldAsync(story);
    }

    [Trait("Guarantee", "SNS → EventsToReadModels: a failing stream does not affect the others")]
    [Fact]
    public async Task Failure_of_one_stream_fails_no_other()
    {
        var (unknown, broken, good, gap) = (new Story(1), new Story(2).Price(90).Stock(1), new Story(3), new Story(4).Price(90));
        _log.Append(broken[1], broken[3]).Append(gap);

        var results = (await ProjectAsync(
        [
            .. Says.Events(unknown[1].Unknown()),
            .. Says.Hint(broken.Stream, 3),
            .. Says.Events(good[1]),
            .. Says.Events(gap[2]),
        ])).ToDictionary(result => result.Stream);

        Assert.IsType<UnknownContractException>(results[unknown.Stream].Error);
        Assert.IsType<EventStore.HistoryGapException>(results[broken.Stream].Error);
        await AssertIsFoldAsync(good);
        await AssertIsFoldAsync(gap);
    }

    [Fact]
    public async Task A_log_that_cannot_be_read_fails_only_the_streams_that_need_it()
    {
        var (good, gap) = (new Story(1), new Story(2).Price(90));
        _log.Failure = new IOException("no connection");

        var results = (await ProjectAsync([.. Says.Events(good[1]), .. Says.Events(gap[2])])).ToDictionary(result => result.Stream);

        Assert.Same(_log.Failure, results[gap.Stream].Error);
        await AssertIsFoldAsync(good);
    }

    [Fact]
    public async Task A_save_that_fails_fails_its_stream_alone()
    {
        var (good, bad) = (new Story(1), new Story(2));
        var products = new UnsteadyItems<ProductDocument>(_products, item => item.Stream == bad.Stream ? throw new IOException("throttled") : Task.CompletedTask);

        var results = (await new Projector<ProductDocument>(products, Projection, _log.Reader).ProjectAsync([.. Says.Events(good[1]), .. Says.Events(bad[1])], Ct)).ToDictionary(r => r.Stream);

        Assert.IsType<IOException>(results[bad.Stream].Error);
        Assert.Null(results[good.Stream].Error);
    }

    [Fact]
    public async Task A_lost_race_is_run_again_from_what_the_winner_left()
    {
        var story = new Story(1).Price(90).Stock(2);
        var raced = false;
        var products = new UnsteadyItems<ProductDocument>(_products, async _ =>
        {
            if (raced) return;
            raced = true;
            Assert.True(await _products.SaveAsync(Projection.Fold(story.Events.Take(2))!, null, Ct));
        });

        var result = await new Projector<ProductDocument>(products, Projection, _log.Reader).ProjectAsync(Says.Events([.. story.Events]), Ct);

        Assert.Equal([new Projected(story.Stream, 3)], result);
        Assert.Equal(2, products.Saves);
        await AssertIsFoldAsync(story);
    }

    [Fact]
    public async Task Who_loses_every_race_gives_up_and_says_so()
    {
        var story = new Story(1);
        for (var price = 90; price < 110; price++) story.Price(price);
        var winners = 0;
        var products = new UnsteadyItems<ProductDocument>(_products, async _ => await _products.SaveAsync(Projection.Fold(story.Events.Take(++winners))!, Projection.Fold(story.Events.Take(winners - 1)), Ct));

        var result = Assert.Single(await new Projector<ProductDocument>(products, Projection, _log.Reader).ProjectAsync(Says.Events([.. story.Events]), Ct));

        Assert.IsType<LostRaceException>(result.Error);
        Assert.Equal(Projector<ProductDocument>.MaxAttempts, products.Saves);
    }

    [Fact]
    public async Task A_late_event_cannot_raise_the_dead()
    {
        var story = new Story(1).Price(90).Delete();
        _log.Append(story);
        await ProjectAsync(Says.Hint(story.Stream, 3));

        await ProjectAsync(Says.Events(story[1]));
        await ProjectAsync(Says.Events(story[2], story[3]));

        Assert.Equal(new ReadModelItem<ProductDocument>(story.Stream, 3, null, story[3].At), await _products.FindAsync(story.Stream));
    }

    [Fact]
    public async Task A_rebuild_overwrites_an_item_of_the_same_version()
    {
        var story = new Story(1).Price(90);
        _log.Append(story);
        var spoiled = Projection.Fold(story.Events)!;
        await _products.SaveAsync(spoiled with { Document = spoiled.Document! with { Name = "spoiled" } }, null, Ct);

        await ProjectAsync(Says.Hint(story.Stream, 2));
        Assert.Equal("spoiled", (await _products.FindAsync(story.Stream))!.Document!.Name);

        await ProjectAsync(Says.Hint(story.Stream, 1, rebuild: true));
        await AssertIsFoldAsync(story);
    }

    [Fact]
    public async Task An_item_that_cannot_be_read_is_folded_anew_and_hinders_no_other()
    {
        var (broken, good) = (new Story(1).Price(90).Stock(2), new Story(2));
        _log.Append(broken);
        await _products.SaveAsync(new ReadModelItem<ProductDocument>(broken.Stream, 2, null, default) { Fault = new FormatException("no JSON") }, null, Ct);

        var results = (await ProjectAsync([.. Says.Events(broken[3]), .. Says.Events(good[1])])).ToDictionary(result => result.Stream);

        Assert.Equal(new Projected(broken.Stream, 3), results[broken.Stream]);
        await AssertIsFoldAsync(broken);
        await AssertIsFoldAsync(good);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_hint_or_an_old_event_repairs_an_item_that_cannot_be_read(bool rebuild)
    {
        var story = new Story(1).Price(90);
        _log.Append(story);
        await _products.SaveAsync(new ReadModelItem<ProductDocument>(story.Stream, 2, null, default) { Fault = new FormatException("no JSON") }, null, Ct);

        await ProjectAsync(rebuild ? Says.Hint(story.Stream, 1, rebuild: true) : Says.Events(story[1]));

        await AssertIsFoldAsync(story);
    }

    [Fact]
    public async Task An_unreadable_item_ahead_of_the_history_stays_and_fails_its_stream()
    {
        var story = new Story(1).Price(90);
        _log.Append(story[1]);
        var fault = new FormatException("no JSON");
        await _products.SaveAsync(new ReadModelItem<ProductDocument>(story.Stream, 2, null, default) { Fault = fault }, null, Ct);

        Assert.Same(fault, Assert.Single(await ProjectAsync(Says.Hint(story.Stream, 1, rebuild: true))).Error);
    }

    [Fact]
    public async Task A_rebuild_leaves_an_item_that_is_ahead_of_the_history()
    {
        var story = new Story(1).Price(90).Price(95);
        await ProjectAsync(Says.Events([.. story.Events]));
        _log.Append(story[1], story[2]);

        var result = Assert.Single(await ProjectAsync(Says.Hint(story.Stream, 2, rebuild: true)));

        Assert.Equal(new Projected(story.Stream, 3), result);
        await AssertIsFoldAsync(story);
    }

    [Fact]
    public async Task Streams_of_other_categories_are_left_out()
    {
        var watch = StreamId.Of("watch", "x");

        Assert.Empty(await ProjectAsync(StreamBatch.Of(new EventMessage([], [new StreamHint(watch, 1)]))));
    }

    [Fact]
    public async Task Cancelling_is_no_failure_of_a_stream()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Projector.ProjectAsync(Says.Events(new Story(1)[1]), cancelled.Token));
    }

    private Task<IReadOnlyCollection<Projected>> ProjectAsync(IReadOnlyCollection<StreamBatch> batches) => Projector.ProjectAsync(batches, Ct);

    private async Task AssertIsFoldAsync(Story story) =>
        Assert.Equal(Projection.Fold(story.Events).Text(), (await _products.FindAsync(story.Stream)).Text());
}
