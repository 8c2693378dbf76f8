using ServerlessCqrs.EventStore.Publishing;
using ServerlessCqrs.Functions.Specs.EventsToBrowsers.Given;
using ServerlessCqrs.Push;
using ServerlessCqrs.Streams;
using static ServerlessCqrs.Functions.Specs.EventsToBrowsers.Given.Browsers;

namespace ServerlessCqrs.Functions.Specs.EventsToBrowsers;

/// <summary>Who is hinted, when, and how often.</summary>
public sealed class HintSenderSpecs(DynamoFixture dynamo)
{
    private static readonly StreamId s_stream = Product(1);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Watchers_get_a_stream_and_its_version()
    {
        var browsers = await StartAsync(dynamo);
        await browsers.OpenAsync(s_stream, "a", "b");
        await browsers.OpenAsync(Product(2), "c");

        Assert.Empty(await browsers.HappensAsync(s_stream, 8));

        Assert.Equal([("a", Text(8)), ("b", Text(8))], browsers.Sockets.Take());
        Assert.Empty(browsers.Delayed.Take());
    }

    [Fact]
    public async Task Unwatched_streams_cost_one_read()
    {
        var browsers = await StartAsync(dynamo);
        await browsers.OpenAsync(s_stream, "a");
        var counted = new CountedWatchers(browsers.Watchers);
        browsers.Watchers = counted;

        var errors = await browsers.Sender().SendAsync([.. Enumerable.Range(2, 100).Select(number => Hint(Product(number), 1))], false, Ct);

        Assert.Empty(errors);
        Assert.Equal(["Find 100"], counted.Calls);
    }

    [Fact]
    public async Task Versions_of_one_second_become_one_hint_and_the_newest_follows()
    {
        var browsers = await StartAsync(dynamo);
        await browsers.OpenAsync(s_stream, "a");
        await browsers.HappensAsync(s_stream, 1);

        foreach (var version in new[] { 2, 4, 3 }) await browsers.HappensAsync(s_stream, version);

        Assert.Equal([("a", Text(1))], browsers.Sockets.Take());
        await browsers.DelayedArriveAsync();
        Assert.Equal([("a", Text(4))], browsers.Sockets.Take());
        Assert.Empty(browsers.Delayed.Take());
    }

    [Fact]
    public async Task Duplicates_and_older_versions_are_not_hinted()
    {
        var browsers = await StartAsync(dynamo);
        await browsers.OpenAsync(s_stream, "a");
        await browsers.HappensAsync(s_stream, 5);
        browsers.Clock.Advance(PushLimits.Interval);

        await browsers.HappensAsync(s_stream, 5);
        await browsers.HappensAsync(s_stream, 4);

        Assert.Equal([("a", Text(5))], browsers.Sockets.Take());
        Assert.Empty(browsers.Delayed.Take());
    }

    [Fact]
    public async Task Instances_at_the_same_time_hint_a_stream_once()
    {
        var browsers = await StartAsync(dynamo);
        await browsers.OpenAsync(s_stream, "a", "b");

        await Task.WhenAll(Enumerable.Range(1, 20).Select(number => browsers.HappensAsync(s_stream, (number + 1) / 2)));

        Assert.Equal(["a", "b"], browsers.Sockets.Take().Select(hint => hint.Connection));
        await browsers.DelayedArriveAsync();
        Assert.All(browsers.Sockets.Take(), hint => Assert.Equal(Text(10), hint.Message));
        Assert.Empty(browsers.Delayed.Take());
    }

    [Fact]
    public async Task Stream_is_hinted_no_more_while_another_instance_still_posts()
    {
        var browsers = await StartAsync(dynamo);
        await browsers.OpenAsync(s_stream, "a");
        var (isPosting, mayEnd) = (new TaskCompletionSource(), new TaskCompletionSource());
        browsers.Sockets.Become = async _ =>
        {
            isPosting.TrySetResult();
            await mayEnd.Task;
            return Post.Delivered;
        };
        var slow = browsers.HappensAsync(s_stream, 1);
        await isPosting.Task;
        browsers.Clock.Advance(PushLimits.Interval * 3);

        await browsers.HappensAsync(s_stream, 2);

        Assert.Equal([new StreamHint(s_stream, 2)], browsers.Delayed.Take());
        mayEnd.SetResult();
        await slow;
        await browsers.HappensAsync(s_stream, 2);
        Assert.Equal([("a", Text(1))], browsers.Sockets.Take());
    }

    [Fact]
    public async Task Closed_socket_costs_one_failed_post()
    {
        var browsers = await StartAsync(dynamo);
        await browsers.OpenAsync(s_stream, "a", "gone");
        await browsers.WatchAsync("gone", s_stream, Product(2));
        browsers.Sockets.Become = connection => Task.FromResult(connection == "gone" ? Post.Gone : Post.Delivered);

        Assert.Empty(await browsers.HappensAsync(s_stream, 1));
        Assert.Empty(await browsers.HappensAsync(Product(2), 1));

        Assert.Equal(2, browsers.Sockets.Tries);
        Assert.Empty(await browsers.WatchedByAsync("gone"));
        Assert.Null(await browsers.Connections.FindAsync("gone", Ct));
        Assert.Equal([s_stream], await browsers.WatchedByAsync("a"));
    }

    [Fact]
    public async Task Socket_that_fails_is_tried_again_and_others_are_not()
    {
        var browsers = await StartAsync(dynamo);
        await browsers.OpenAsync(s_stream, "a", "slow");
        browsers.Sockets.Become = connection => Task.FromResult(connection == "slow" ? Post.Failed : Post.Delivered);

        Assert.Empty(await browsers.HappensAsync(s_stream, 1));
        Assert.Equal([("a", Text(1))], browsers.Sockets.Take());
        browsers.Sockets.Become = _ => Task.FromResult(Post.Delivered);
        await browsers.DelayedArriveAsync();

        Assert.Equal([("slow", Text(1))], browsers.Sockets.Take());
        Assert.Empty(browsers.Delayed.Take());
        await browsers.HappensAsync(s_stream, 1);
        Assert.Equal(3, browsers.Sockets.Tries);
    }

    [Fact]
    public async Task Socket_that_fails_three_times_in_a_row_is_closed()
    {
        var browsers = await StartAsync(dynamo);
        await browsers.OpenAsync(s_stream, "a", "slow");
        browsers.Sockets.Become = connection => Task.FromResult(connection == "slow" ? Post.Failed : Post.Delivered);

        await browsers.HappensAsync(s_stream, 1);
        await browsers.DelayedArriveAsync();
        await browsers.DelayedArriveAsync();

        Assert.Equal(["slow"], browsers.Sockets.Closed);
        Assert.Empty(await browsers.WatchedByAsync("slow"));
        Assert.Empty(browsers.Delayed.Take());
        Assert.Equal([("a", Text(1))], browsers.Sockets.Take());
    }

    [Fact]
    public async Task Socket_that_fails_once_a_batch_costs_its_time_once()
    {
        var browsers = await StartAsync(dynamo);
        await browsers.ConnectAsync("slow");
        await browsers.WatchAsync("slow", [.. Enumerable.Range(1, 40).Select(Product)]);
        browsers.Sockets.Become = _ => Task.FromResult(Post.Failed);

        await browsers.Sender().SendAsync([.. Enumerable.Range(1, 40).Select(number => Hint(Product(number), 1))], false, Ct);

        Assert.InRange(browsers.Sockets.Tries, 1, PushLimits.StreamsAtOnce);
        Assert.Equal(40, browsers.Delayed.Take().Count);
    }

    [Fact]
    public async Task Version_whose_instance_died_is_hinted_on_the_next_delivery()
    {
        var browsers = await StartAsync(dynamo);
        await browsers.OpenAsync(s_stream, "a");
        Assert.IsType<Claim.Granted>(await browsers.Watchers.ClaimAsync(s_stream, 3, false, Ct));

        browsers.Clock.Advance(PushLimits.Lease);
        await browsers.HappensAsync(s_stream, 3, isRepeated: true);

        Assert.Equal([("a", Text(3))], browsers.Sockets.Take());
    }

    /// <summary>SQS may deliver a message again before the claim of the instance that died has ended.</summary>
    [Fact]
    public async Task Early_redelivery_of_an_instance_that_died_waits_and_is_hinted()
    {
        var browsers = await StartAsync(dynamo);
        await browsers.OpenAsync(s_stream, "a");
        Assert.IsType<Claim.Granted>(await browsers.Watchers.ClaimAsync(s_stream, 3, false, Ct));

        await browsers.HappensAsync(s_stream, 3, isRepeated: true);
        browsers.Clock.Advance(PushLimits.Lease);
        await browsers.DelayedArriveAsync();

        Assert.Equal([("a", Text(3))], browsers.Sockets.Take());
    }

    [Fact]
    public async Task Late_instance_does_not_end_the_round_of_another()
    {
        var browsers = await StartAsync(dynamo);
        await browsers.OpenAsync(s_stream, "a");
        var late = Assert.IsType<Claim.Granted>(await browsers.Watchers.ClaimAsync(s_stream, 3, false, Ct));
        browsers.Clock.Advance(PushLimits.Lease);
        Assert.IsType<Claim.Granted>(await browsers.Watchers.ClaimAsync(s_stream, 4, false, Ct));

        await browsers.Watchers.EndAsync(late, RoundEnd.Complete, Ct);
        browsers.Clock.Advance(PushLimits.Interval);

        Assert.IsType<Claim.Later>(await browsers.Watchers.ClaimAsync(s_stream, 5, false, Ct));
    }

    [Fact]
    public async Task Watchers_for_whom_the_time_was_too_short_are_hinted_in_the_next_round()
    {
        var browsers = await StartAsync(dynamo);
        string[] sockets = [.. Enumerable.Range(100, PushLimits.PostsAtOnce + 5).Select(number => $"s{number}")];
        browsers.MostPerCaller = sockets.Length;
        await browsers.OpenAsync(s_stream, sockets);
        var isFirst = true;
        browsers.Sockets.Become = _ =>
        {
            if (isFirst) browsers.Clock.Advance(PushLimits.RoundTime);
            isFirst = false;
            return Task.FromResult(Post.Delivered);
        };

        Assert.Empty(await browsers.HappensAsync(s_stream, 1));

        Assert.True(browsers.Sockets.Take().Count < sockets.Length);
        await browsers.DelayedArriveAsync();
        Assert.Equal(sockets, browsers.Sockets.Take().Select(hint => hint.Connection));
        Assert.Empty(browsers.Delayed.Take());
    }

    [Fact]
    public async Task Cancelled_round_leaves_the_stream_to_the_next_one()
    {
        var browsers = await StartAsync(dynamo);
        await browsers.OpenAsync(s_stream, "a");
        using var deadline = new CancellationTokenSource();
        browsers.Sockets.Become = async _ =>
        {
            await deadline.CancelAsync();
            throw new OperationCanceledException(deadline.Token);
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => browsers.Sender().SendAsync([Hint(s_stream, 1)], false, deadline.Token));
        browsers.Sockets.Become = _ => Task.FromResult(Post.Delivered);
        browsers.Clock.Advance(PushLimits.Interval);
        await browsers.HappensAsync(s_stream, 1);

        Assert.Equal([("a", Text(1))], browsers.Sockets.Take());
    }

    [Fact]
    public async Task Stream_that_nobody_watches_any_more_is_let_pass()
    {
        var browsers = await StartAsync(dynamo);
        await browsers.OpenAsync(s_stream, "a");
        await browsers.DisconnectAsync("a");
        Assert.Single(await browsers.Watchers.FindWatchedAsync([s_stream], Ct));

        await browsers.HappensAsync(s_stream, 1);

        Assert.Empty(await browsers.Watchers.FindWatchedAsync([s_stream], Ct));
        Assert.Equal(0, browsers.Sockets.Tries);
    }

    [Fact]
    public async Task Watch_that_begins_while_a_stream_is_let_pass_stays()
    {
        var browsers = await StartAsync(dynamo);
        await browsers.OpenAsync(s_stream, "a");
        var mark = (await browsers.Watchers.FindWatchedAsync([s_stream], Ct))[s_stream];
        await browsers.OpenAsync(s_stream, "b");

        await browsers.Watchers.UnmarkAsync(s_stream, mark, Ct);

        Assert.Single(await browsers.Watchers.FindWatchedAsync([s_stream], Ct));
    }

    [Fact]
    public async Task Watches_end_with_the_longest_life_of_a_socket()
    {
        var browsers = await StartAsync(dynamo);
        await browsers.OpenAsync(s_stream, "a");

        browsers.Clock.Advance(PushLimits.Life);

        Assert.Empty(await browsers.Watchers.FindWatchedAsync([s_stream], Ct));
        Assert.Null(await browsers.Connections.FindAsync("a", Ct));
        await foreach (var page in browsers.Watchers.ReadAsync(s_stream, Ct)) Assert.Empty(page);
    }

    [Fact]
    public async Task Stream_whose_watchers_cannot_be_read_fails_alone()
    {
        var browsers = await StartAsync(dynamo);
        await browsers.OpenAsync(s_stream, "a");
        await browsers.OpenAsync(Product(2), "b");
        browsers.Watchers = new CountedWatchers(browsers.Watchers) { Unreadable = s_stream };

        var errors = await browsers.Sender().SendAsync([Hint(s_stream, 1), Hint(Product(2), 1)], false, Ct);

        Assert.Equal([s_stream], errors.Keys);
        Assert.Equal(["b"], browsers.Sockets.Take().Select(hint => hint.Connection));
    }

    private static string Text(long version) => $$"""{"stream":"{{s_stream}}","version":{{version}}}""";

    private sealed class CountedWatchers(IWatchers inner) : IWatchers
    {
        public List<string> Calls { get; } = [];

        public StreamId? Unreadable { get; init; }

        public Task<IReadOnlyDictionary<StreamId, string>> FindWatchedAsync(IReadOnlyCollection<StreamId> streams, CancellationToken ct) =>
            Counted($"Find {streams.Count}", inner.FindWatchedAsync(streams, ct));

        public Task<Claim> ClaimAsync(StreamId stream, long version, bool isRepeated, CancellationToken ct) =>
            Counted("Claim", inner.ClaimAsync(stream, version, isRepeated, ct));

        public Task EndAsync(Claim.Granted claim, RoundEnd end, CancellationToken ct) => inner.EndAsync(claim, end, ct);

        public IAsyncEnumerable<IReadOnlyList<Watcher>> ReadAsync(StreamId stream, CancellationToken ct) =>
            stream == Unreadable ? throw new TimeoutException("away") : inner.ReadAsync(stream, ct);

        public Task CountFailureAsync(StreamId stream, string connection, CancellationToken ct) => inner.CountFailureAsync(stream, connection, ct);

        public Task ForgetFailuresAsync(StreamId stream, string connection, CancellationToken ct) => inner.ForgetFailuresAsync(stream, connection, ct);

        public Task UnmarkAsync(StreamId stream, string mark, CancellationToken ct) => inner.UnmarkAsync(stream, mark, ct);

        private Task<T> Counted<T>(string call, Task<T> result)
        {
            lock (Calls) Calls.Add(call);
            return result;
        }
    }
}
