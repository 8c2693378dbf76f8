using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Streams;
using static ServerlessCqrs.EventStore.Specs.Log.Rows;

namespace ServerlessCqrs.EventStore.Specs.Log;

/// <summary>
/// The guarantees of every log, in memory or on ClickHouse. Streams are new in every test, so that all can share one
/// database.
/// </summary>
public abstract class EventLogContract
{
    protected abstract IEventLog Appender { get; }

    protected abstract IEventHistory History { get; }

    protected abstract IStreamIndex Index { get; }

    protected abstract IAuditTrail Trail { get; }

    protected abstract IStreamLookup Lookup { get; }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_event_is_read_as_it_was_written()
    {
        var written = Event(NewStream(), 1, data: """{"text":"Ünï 🎧 'quoted' \\ \"double\" \n","n":1.50}""");
        await Appender.AppendAsync([written], [], Ct);

        Assert.Equal(written, Assert.Single(await ReadAsync(written.Stream)));
    }

    [Fact]
    public async Task Rows_appended_twice_are_read_once()
    {
        var stream = NewStream("twice");
        var events = Events(stream, 3);
        var outcomes = events.Select(e => Outcome(e)).ToList();
        await Appender.AppendAsync(events, outcomes, Ct);
        await Appender.AppendAsync(events, outcomes, Ct);

        Assert.Equal(events, await ReadAsync(stream));
        Assert.Equal(events, await ToListAsync(History.ReadAllAsync("twice", Ct), e => e.Stream == stream));
        Assert.Equal(3, (await ToListAsync(History.ReadOutcomesAsync(Ct), outcome => outcome.Stream == stream)).Count);
        Assert.Single(await Appender.FindOutcomesAsync([new OutcomeQuery(stream, events[1].CommandId, null)], Ct));
        Assert.Equal([events[1]], await Appender.FindEventsAsync([(stream, events[1].CommandId)], Ct));
    }

    [Fact]
    public async Task Versions_come_in_order_whatever_order_they_were_appended_in()
    {
        var events = Events(NewStream(), 5);
        foreach (var i in new[] { 3, 0, 4, 2, 1 }) await Appender.AppendAsync([events[i]], [], Ct);

        Assert.Equal(events, await ReadAsync(events[0].Stream));
    }

    [Theory]
    [InlineData(2, null, null, new long[] { 2, 3, 4, 5 })]
    [InlineData(1, 3, null, new long[] { 1, 2, 3 })]
    [InlineData(1, null, 2, new long[] { 1, 2 })]
    [InlineData(2, 4, 3, new long[] { 2, 3 })]
    [InlineData(6, null, null, new long[0])]
    public async Task Bounds_are_inclusive(long from, int? to, int? asOf, long[] expected)
    {
        var events = Events(NewStream(), 5);
        await Appender.AppendAsync(events, [], Ct);

        var bounds = new HistoryBounds(from, to, asOf is { } milliseconds ? Noon.AddMilliseconds(milliseconds) : null);
        var read = await History.ReadStreamsAsync([events[0].Stream], bounds, Ct);

        Assert.Equal(expected, (read.GetValueOrDefault(events[0].Stream) ?? []).Select(e => e.Version));
        Assert.Equal(expected.Length > 0, read.ContainsKey(events[0].Stream));
    }

    [Fact]
    public async Task Five_thousand_streams_are_read_in_one_call()
    {
        var events = Enumerable.Range(0, 5_000).Select(_ => Event(NewStream(), 1)).ToList();
        await Appender.AppendAsync(events, [.. events.Select(e => Outcome(e, key: e.EventId))], Ct);

        var streams = await History.ReadStreamsAsync([.. events.Select(e => e.Stream), NewStream()], HistoryBounds.Everything, Ct);
        var outcomes = await Appender.FindOutcomesAsync([.. events.Select(e => new OutcomeQuery(e.Stream, e.CommandId, e.EventId))], Ct);
        var made = await Appender.FindEventsAsync([.. events.Select(e => (e.Stream, e.CommandId))], Ct);

        Assert.Equal(events.ToDictionary(e => e.Stream), streams.ToDictionary(pair => pair.Key, pair => pair.Value.Single()));
        Assert.Equal(events.Select(e => e.CommandId).ToHashSet(), outcomes.Select(outcome => outcome.CommandId).ToHashSet());
        Assert.Equal(5_000, outcomes.Count);
        Assert.Equal(events.OrderBy(e => e.Stream.ToString(), StringComparer.Ordinal), made);
    }

    [Fact]
    public async Task An_outcome_is_read_as_it_was_written()
    {
        var stream = NewStream();
        var refused = Refusal(stream, Guid.NewGuid(), Guid.NewGuid());
        var applied = Outcome(Event(stream, 1));
        await Appender.AppendAsync([], [refused, applied], Ct);

        Assert.Equivalent(refused, Assert.Single(await Appender.FindOutcomesAsync([new OutcomeQuery(stream, refused.CommandId, null)], Ct)), strict: true);
        Assert.Equivalent(applied, Assert.Single(await Appender.FindOutcomesAsync([new OutcomeQuery(stream, applied.CommandId, null)], Ct)), strict: true);
    }

    [Fact]
    public async Task Every_outcome_under_a_key_is_found_and_none_of_another_stream()
    {
        var (stream, other, key) = (NewStream(), NewStream(), Guid.NewGuid());
        var first = Outcome(Event(stream, 1), key);
        var reused = Refusal(stream, Guid.NewGuid(), key, "idempotency_key_reused");
        await Appender.AppendAsync([], [first, reused, Outcome(Event(stream, 2)), Outcome(Event(other, 1), key)], Ct);

        var found = await Appender.FindOutcomesAsync([new OutcomeQuery(stream, Guid.NewGuid(), key), new OutcomeQuery(other, Guid.NewGuid(), null)], Ct);

        Assert.Equal(new HashSet<Guid> { first.CommandId, reused.CommandId }, found.Select(outcome => outcome.CommandId).ToHashSet());
        Assert.Equal(2, found.Count);
    }

    [Fact]
    public async Task The_events_of_a_command_are_found_in_order()
    {
        var (stream, command) = (NewStream(), Guid.NewGuid());
        await Appender.AppendAsync([Event(stream, 1), Event(stream, 2, command), Event(stream, 3, command), Event(stream, 4)], [], Ct);

        Assert.Equal([2, 3], (await Appender.FindEventsAsync([(stream, command)], Ct)).Select(e => e.Version));
    }

    [Fact]
    public async Task A_prefix_reads_its_streams_as_they_were()
    {
        var product = Guid.NewGuid();
        var (anna, bert) = (StreamId.Of("watch", $"{product}-anna"), StreamId.Of("watch", $"{product}-bert"));
        await Appender.AppendAsync([Event(bert, 1), Event(anna, 1), Event(anna, 2), Event(NewStream("watch"), 1)], [], Ct);

        var read = await History.ReadPrefixAsync($"watch-{product}-", Noon.AddMilliseconds(1), Ct);

        Assert.Equal([(anna, 1L), (bert, 1L)], read.Select(e => (e.Stream, e.Version)));
    }

    [Fact]
    public async Task Two_rows_that_contradict_each_other_are_both_shown_to_verification()
    {
        var stream = NewStream("damaged");
        var (right, wrong) = (Event(stream, 1), Event(stream, 1, command: Guid.NewGuid()));
        var (applied, refused) = (Outcome(right), Refusal(stream, right.CommandId, null));
        await Appender.AppendAsync([right, right, wrong], [applied, refused, applied], Ct);

        Assert.Equal(new HashSet<EventRecord> { right, wrong }, [.. await ToListAsync(History.ReadAllAsync("damaged", Ct), e => e.Stream == stream)]);
        Assert.Equal(2, (await ToListAsync(History.ReadOutcomesAsync(Ct), outcome => outcome.Stream == stream)).Count);
        Assert.Single(await ReadAsync(stream));
    }

    [Fact]
    public async Task A_category_has_its_own_streams_and_their_newest_versions()
    {
        var (one, two) = (NewStream("versions"), NewStream("versions"));
        await Appender.AppendAsync([.. Events(one, 3), .. Events(two, 2), .. Events(NewStream("versionsbeside"), 1)], [], Ct);

        var versions = await Index.ListAsync(new StreamRange("versions"), 10_000, Ct);
        var events = await ToListAsync(History.ReadAllAsync("versions", Ct));

        Assert.Equal(3, versions.Single(pair => pair.Stream == one).Version);
        Assert.Equal(2, versions.Single(pair => pair.Stream == two).Version);
        Assert.All(versions, pair => Assert.Equal("versions", pair.Stream.Category));
        Assert.All(events, e => Assert.Equal("versions", e.Stream.Category));
        Assert.Equal(events.OrderBy(e => e.Stream.ToString(), StringComparer.Ordinal).ThenBy(e => e.Version), events);
    }

    [Fact]
    public async Task Streams_are_gone_through_in_order_page_by_page_and_counted()
    {
        const string category = "paged";
        List<StreamId> streams = [.. Enumerable.Range(0, 7).Select(_ => NewStream(category)).OrderBy(stream => stream.ToString(), StringComparer.Ordinal)];
        foreach (var (i, stream) in streams.Index()) await Appender.AppendAsync(Events(stream, i + 1), [], Ct);
        await Appender.AppendAsync(Events(streams[2], 3), [], Ct);

        var seen = new List<(StreamId Stream, long Version)>();
        while (await Index.ListAsync(new StreamRange(category, seen.Count > 0 ? seen[^1].Stream : null), 3, Ct) is { Count: > 0 } page) seen.AddRange(page);

        Assert.Equal(streams.Select((stream, i) => (stream, i + 1L)), seen);
        Assert.Equal((7, 28), await Index.CountAsync(new StreamRange(category), Ct));
        Assert.Equal((2, 13), await Index.CountAsync(new StreamRange(category, streams[4]), Ct));
        Assert.Equal((0, 0), await Index.CountAsync(new StreamRange(category, streams[6]), Ct));
    }

    [Fact]
    public async Task Streams_are_told_apart_by_whether_they_changed_since()
    {
        const string category = "changed";
        var (still, moved) = (NewStream(category), NewStream(category));
        await Appender.AppendAsync([.. Events(still, 2), .. Events(moved, 3)], [], Ct);

        var range = new StreamRange(category, ChangedSince: Noon.AddMilliseconds(3));

        Assert.Equal([(moved, 3L)], await Index.ListAsync(range, 10, Ct));
        Assert.Equal((1, 3), await Index.CountAsync(range, Ct));
    }

    [Fact]
    public async Task Arrivals_come_oldest_first_and_reading_on_from_the_last_one_loses_none()
    {
        var (one, two) = (NewStream("arriving"), NewStream("arriving"));
        await Appender.AppendAsync(Events(one, 3), [], Ct);
        await Appender.AppendAsync(Events(two, 4), [], Ct);

        var seen = new List<Arrival>();
        var after = DateTimeOffset.UnixEpoch;
        while (await History.ReadArrivalsAsync(after, 2, Ct) is { Count: > 0 } page)
        {
            seen.AddRange(page);
            after = page[^1].ArrivedAt;
        }

        var own = seen.Where(arrival => arrival.Stream == one || arrival.Stream == two).ToList();
        Assert.Equal(7, own.Count);
        Assert.Equal(seen.OrderBy(arrival => arrival.ArrivedAt).Select(arrival => arrival.ArrivedAt), seen.Select(arrival => arrival.ArrivedAt));
        Assert.All(seen, arrival => Assert.InRange(arrival.Age, TimeSpan.Zero, TimeSpan.FromMinutes(10)));
    }

    [Trait("Guarantee", "history: the trail shows every command once, as it was decided")]
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(100)]
    public async Task Trail_shows_every_command_once_in_pages_in_both_directions(int limit)
    {
        var (commands, actor, _) = await DecideAsync();

        Assert.Equal(commands.Select(Name), (await ReadTrailAsync(new TrailQuery(Actor: actor), newestFirst: false, limit)).Select(Name));
        Assert.Equal(commands.Reverse().Select(Name), (await ReadTrailAsync(new TrailQuery(Actor: actor), newestFirst: true, limit)).Select(Name));
    }

    [Fact]
    public async Task The_trail_is_asked_by_stream_actor_command_and_time_alone_and_together()
    {
        var (commands, actor, other) = await DecideAsync();
        TrailQuery[] queries =
        [
            new(commands[0].Stream),
            new(Actor: other),
            new(Command: commands[4].CommandId),
            new(commands[0].Stream, actor),
            new(Actor: actor, From: Noon.AddMilliseconds(2)),
            new(Actor: actor, To: Noon.AddMilliseconds(2)),
            new(commands[0].Stream, From: Noon.AddMilliseconds(2), To: Noon.AddMilliseconds(2)),
            new(commands[0].Stream, Command: commands[0].CommandId),
            new(commands[0].Stream, Command: Guid.NewGuid()),
        ];

        foreach (var query in queries)
            foreach (var limit in new[] { 2, 100 })
                Assert.Equal(
                    commands.Concat(await ReadTrailAsync(new TrailQuery(Actor: other), newestFirst: false, 100)).Distinct().Where(query.Names).Order(Comparer<CommandOutcome>.Create((x, y) => TrailPlace.Of(x).CompareTo(TrailPlace.Of(y)))).Select(Name),
                    (await ReadTrailAsync(query, newestFirst: false, limit)).Select(Name));
    }

    /// <summary>
    /// Decides on two streams at once. On each, one command creates a version and another finds it in the same
    /// millisecond. One command is from another actor. All rows are appended twice.
    /// </summary>
    private async Task<(IReadOnlyList<CommandOutcome> InOrder, string Actor, string Other)> DecideAsync()
    {
        var (actor, other) = ($"seller-{Guid.NewGuid():N}", $"other-{Guid.NewGuid():N}");
        StreamId[] streams = [.. new[] { NewStream(), NewStream() }.OrderBy(stream => stream.ToString(), StringComparer.Ordinal)];
        List<CommandOutcome> all = [];
        for (var version = 1; version <= 3; version++)
            foreach (var stream in streams)
            {
                var made = Outcome(Event(stream, version));
                all.Add(made);
                all.AddRange(Enumerable.Range(0, 4).Select(_ => Guid.NewGuid()).OrderBy(id => id.ToString(), StringComparer.Ordinal).Select(id => Refusal(stream, id, null) with { Version = made.Version, At = made.At }));
            }

        all = [.. all.Select(outcome => outcome with { Actor = new Actor(actor, ShopRoles.Seller) })];
        var others = Outcome(Event(streams[0], 4)) with { Actor = new Actor(other, ShopRoles.Seller) };
        var random = new Random(7);
        foreach (var row in all.Append(others).Concat(all).OrderBy(_ => random.Next()).Chunk(7)) await Appender.AppendAsync([], row, Ct);
        return (all, actor, other);
    }

    private async Task<IReadOnlyList<CommandOutcome>> ReadTrailAsync(TrailQuery query, bool newestFirst, int limit)
    {
        List<CommandOutcome> read = [];
        while (await Trail.ReadAsync(query, read.Count > 0 ? TrailPlace.Of(read[^1]) : null, newestFirst, limit, Ct) is { Count: > 0 } page)
        {
            Assert.True(page.Count <= limit);
            read.AddRange(page);
        }

        return read;
    }

    private static string Name(CommandOutcome outcome) => $"{outcome.At:O} {outcome.Stream} {outcome.Version} {outcome.Status} {outcome.CommandId} {outcome.Code}";

    [Fact]
    public async Task Streams_are_found_by_what_their_events_said_by_then_each_once()
    {
        var (audio, video) = ($"audio {Guid.NewGuid()}", $"\"vidéo\" {Guid.NewGuid()}");
        StreamId[] streams = [.. Enumerable.Range(0, 4).Select(_ => NewStream()).OrderBy(stream => stream.ToString(), StringComparer.Ordinal)];
        var review = NewStream("review");
        var events = new[]
        {
            Saying(streams[0], 1, audio), Saying(streams[0], 2, video), Saying(streams[1], 2, audio), Saying(streams[1], 3, audio), Saying(streams[2], 3, video), Event(streams[3], 1), Saying(review, 1, audio),
            Event(streams[0], 3, data: $$$"""{"image":{"category":"{{{audio}}}"},"customer":"{{{audio}}}"}"""),
        };
        foreach (var e in events.Concat(events)) await Appender.AppendAsync([e], [], Ct);

        Assert.Equal([streams[0]], await FindAsync(1, audio));
        Assert.Equal([streams[0], streams[1]], await FindAsync(2, audio));
        Assert.Equal([streams[0], streams[1]], await FindAsync(9, audio));
        Assert.Equal([streams[0], streams[2]], await FindAsync(9, video));
        Assert.Equal([streams[0], streams[1], streams[2]], await FindAsync(9, audio, video));
        Assert.Empty(await FindAsync(9));
        Assert.Equal([review], await Lookup.FindAsync("review", EventFields.Category, [audio], Noon.AddMilliseconds(9), Ct));
        Assert.Equal([streams[0]], await Lookup.FindAsync("product", EventFields.Customer, [audio], Noon.AddMilliseconds(9), Ct));
        Assert.Empty(await Lookup.FindAsync("product", EventFields.ProductId, [audio], Noon.AddMilliseconds(9), Ct));

        Task<IReadOnlyList<StreamId>> FindAsync(int asOf, params string[] categories) => Lookup.FindAsync("product", EventFields.Category, categories, Noon.AddMilliseconds(asOf), Ct);

        static EventRecord Saying(StreamId stream, long version, string category) => Event(stream, version, data: $$"""{"category":{{System.Text.Json.JsonSerializer.Serialize(category)}}}""");
    }

    [Fact]
    public async Task Nothing_asked_is_nothing_found()
    {
        await Appender.AppendAsync([], [], Ct);

        Assert.Empty(await Appender.FindOutcomesAsync([], Ct));
        Assert.Empty(await Appender.FindEventsAsync([], Ct));
        Assert.Empty(await History.ReadStreamsAsync([], HistoryBounds.Everything, Ct));
    }

    private async Task<IReadOnlyList<EventRecord>> ReadAsync(StreamId stream) =>
        (await History.ReadStreamsAsync([stream], HistoryBounds.Everything, Ct)).GetValueOrDefault(stream) ?? [];

    private static async Task<List<T>> ToListAsync<T>(IAsyncEnumerable<T> items, Func<T, bool>? where = null)
    {
        var list = new List<T>();
        await foreach (var item in items)
            if (where?.Invoke(item) ?? true) list.Add(item);
        return list;
    }
}
