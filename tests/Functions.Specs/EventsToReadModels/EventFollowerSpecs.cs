using Microsoft.Extensions.Logging.Abstractions;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.EventStore.Publishing;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Functions.Specs.EventsToReadModels;

public sealed class EventFollowerSpecs
{
    private const int Last = 5;
    private static readonly StreamId A = ProductStreams.IdOf(Guid.Parse("aaaaaaaa-0000-4000-8000-000000000000"));
    private static readonly StreamId B = ProductStreams.IdOf(Guid.Parse("bbbbbbbb-0000-4000-8000-000000000000"));
    private static readonly StreamId C = ProductStreams.IdOf(Guid.Parse("cccccccc-0000-4000-8000-000000000000"));
    private readonly Letters _letters = new();
    private readonly List<StreamBatch> _handed = [];
    private readonly Dictionary<StreamId, Exception> _errors = [];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_batchs_streams_are_handed_over_once_each_with_all_their_events_in_order()
    {
        await FollowAsync(Message("1", 1, [Event(B, 1), Event(A, 2)]), Message("2", 1, [Event(A, 1), Event(A, 2)], new StreamHint(A, 3, Rebuild: true)));

        Assert.Equal([B, A], _handed.Select(batch => batch.Stream));
        Assert.Equal([1L, 2], _handed[1].Events.Select(e => e.Version));
        Assert.Equal((3, true), (_handed[1].Version, _handed[1].Rebuild));
    }

    [Fact]
    public async Task Only_messages_with_a_stream_that_failed_come_again()
    {
        _errors[A] = new IOException("throttled");

        var failed = await FollowAsync(Message("1", 1, [Event(A, 1)]), Message("2", 1, [Event(B, 1)]), Message("3", 4, [Event(B, 2), Event(A, 2)]));

        Assert.Equal(["1", "3"], failed.Order());
        Assert.Empty(_letters.Put);
    }

    [Fact]
    public async Task On_the_last_receive_the_failed_streams_part_alone_becomes_a_dead_letter()
    {
        _errors[A] = new IOException("poison");

        var failed = await FollowAsync(
            Message("1", Last, [Event(A, 1), Event(B, 1), Event(A, 2)], new StreamHint(A, 2), new StreamHint(B, 1)),
            Message("2", Last - 1, [Event(A, 3)]));

        Assert.Equal(["2"], failed);
        var letter = Assert.Single(_letters.Put);
        Assert.Equal((A, _errors[A]), (letter.Stream!.Value, letter.Reason));
        var content = EventMessage.Parse(ShopContracts.Events, letter.Body);
        Assert.Equal([Event(A, 1), Event(A, 2)], content.Events);
        Assert.Equal([new StreamHint(A, 2)], content.Hints);
    }

    [Fact]
    public async Task Each_failed_stream_gets_a_letter_of_its_own()
    {
        _errors[A] = new IOException("poison");
        _errors[B] = new InvalidOperationException("poison too");

        Assert.Empty(await FollowAsync(Message("1", Last, [Event(A, 1), Event(B, 1)])));

        Assert.Equal([(A, "poison"), (B, "poison too")], _letters.Put.Select(letter => (letter.Stream!.Value, letter.Reason.Message)));
    }

    [Fact]
    public async Task A_message_whose_dead_letter_is_not_stored_fails()
    {
        _errors[A] = new IOException("poison");
        _letters.Failure = new IOException("no queue");

        Assert.Equal(["1"], await FollowAsync(Message("1", Last, [Event(A, 1)]), Message("2", Last, [Event(B, 1)])));
    }

    [Fact]
    public async Task A_message_that_cannot_be_read_fails_until_its_last_receive_and_hinders_no_other()
    {
        Assert.Equal(["1"], await FollowAsync(new FollowedMessage("1", "{", 1), Message("2", 1, [Event(B, 1)])));
        Assert.Equal(B, Assert.Single(_handed).Stream);
        Assert.Empty(_letters.Put);

        Assert.Empty(await FollowAsync(new FollowedMessage("1", "{", Last)));
        var letter = Assert.Single(_letters.Put);
        Assert.Equal(("{", (StreamId?)null), (letter.Body, letter.Stream));
        Assert.IsType<FormatException>(letter.Reason);
    }

    /// <summary>The number of streams out of a hundred that make the handler throw.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(99)]
    [InlineData(37)]
    [InlineData(0, 50)]
    [InlineData(24, 99)]
    [InlineData(10, 11, 12)]
    public async Task Handler_that_throws_for_some_streams_fails_their_messages_alone(params int[] bad)
    {
        StreamId[] streams = [.. Enumerable.Range(0, 100).Select(i => ProductStreams.IdOf(new Guid(i + 1, 0, 0, new byte[8])))];
        HashSet<StreamId> done = [];

        var failed = await Follower().FollowAsync(
            [.. streams.Select((stream, i) => Message($"{i}", i == bad[0] ? Last : 1, [Event(stream, 1)]))],
            (some, _) =>
            {
                if (some.FirstOrDefault(batch => bad.Contains(Array.IndexOf(streams, batch.Stream))) is { } poison) throw new IOException($"{poison.Stream}");
                done.UnionWith(some.Select(batch => batch.Stream));
                return Task.FromResult<IReadOnlyDictionary<StreamId, Exception>>(_errors);
            },
            Ct);

        Assert.Equal(bad[1..].Select(i => $"{i}"), failed);
        var letter = Assert.Single(_letters.Put);
        Assert.Equal((streams[bad[0]], $"{streams[bad[0]]}"), (letter.Stream!.Value, letter.Reason.Message));
        Assert.Equal(streams.Length - bad.Length, done.Count);
    }

    [Fact]
    public async Task Handler_that_always_throws_is_called_a_few_times_and_fails_every_message()
    {
        StreamId[] streams = [.. Enumerable.Range(0, 300).Select(i => ProductStreams.IdOf(new Guid(i + 1, 0, 0, new byte[8])))];
        var calls = 0;

        var failed = await Follower().FollowAsync(
            [.. streams.Select((stream, i) => Message($"{i}", 1, [Event(stream, 1)]))],
            (_, _) => ++calls > 0 ? throw new IOException("down") : null!,
            Ct);

        Assert.Equal(streams.Length, failed.Count);
        Assert.Equal(Handover.MostThrows + 2, calls);
    }

    [Fact]
    public async Task A_handler_that_throws_fails_every_stream()
    {
        var failed = await Follower().FollowAsync(
            [Message("1", 1, [Event(A, 1)]), Message("2", Last, [Event(B, 1)])],
            (_, _) => throw new IOException("down"),
            Ct);

        Assert.Equal(["1"], failed);
        Assert.Equal(B, Assert.Single(_letters.Put).Stream);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Timeout_reports_what_is_done_and_retries_the_rest_without_a_letter(bool throws)
    {
        using var time = new CancellationTokenSource();
        var handed = 0;

        var failed = await Follower(slice: 1).FollowAsync(
            [Message("1", Last, [Event(A, 1)]), Message("2", Last, [Event(B, 1)]), Message("3", Last, [Event(A, 2), Event(C, 1)])],
            async (streams, ct) =>
            {
                if (++handed < 2) return _errors;
                await time.CancelAsync();
                if (throws) ct.ThrowIfCancellationRequested();
                return streams.ToDictionary(batch => batch.Stream, batch => (Exception)new OutOfTimeException(batch.Stream));
            },
            time.Token);

        Assert.Equal(["2", "3"], failed);
        Assert.Equal(2, handed);
        Assert.Empty(_letters.Put);
    }

    [Fact]
    public async Task Failure_is_given_up_on_its_last_receive_though_time_is_up_for_another_message()
    {
        using var time = new CancellationTokenSource();
        _letters.Stored = _ => time.Cancel();
        _errors[A] = new IOException("poison");

        var failed = await Follower(slice: 1).FollowAsync(
            [Message("1", Last, [Event(A, 1)]), Message("2", Last, [Event(B, 1)])],
            (streams, _) => Task.FromResult<IReadOnlyDictionary<StreamId, Exception>>(streams[0].Stream == A ? _errors : new Dictionary<StreamId, Exception> { [B] = new OutOfTimeException(B) }),
            time.Token);

        Assert.Equal(["2"], failed);
        Assert.Equal(A, Assert.Single(_letters.Put).Stream);
    }

    [Fact]
    public async Task Message_that_came_most_often_goes_first()
    {
        await FollowAsync(Message("1", 1, [Event(A, 1)]), Message("2", 3, [Event(B, 1)]), Message("3", 2, [Event(C, 1)]));

        Assert.Equal([B, C, A], _handed.Select(batch => batch.Stream));
    }

    [Fact]
    public async Task Rest_of_a_message_that_is_done_in_part_goes_back_with_what_took_too_long_last()
    {
        using var time = new CancellationTokenSource();
        var rest = new Remainders();

        var failed = await Follower(slice: 1, rest).FollowAsync(
            [Message("1", 3, [Event(A, 1), Event(B, 1), Event(C, 1), Event(B, 2)], new StreamHint(B, 2)), Message("2", 1, [Event(C, 2)])],
            async (streams, ct) =>
            {
                if (streams[0].Stream == B) await time.CancelAsync();
                ct.ThrowIfCancellationRequested();
                return _errors;
            },
            time.Token);

        // Nothing of the second message is done, so it is redelivered unchanged.
        Assert.Equal(["2"], failed);
        var content = EventMessage.Parse(ShopContracts.Events, Assert.Single(rest.Put));
        Assert.Equal([Event(C, 1), Event(B, 1), Event(B, 2)], content.Events);
        Assert.Equal([new StreamHint(B, 2)], content.Hints);
    }

    [Theory]
    [InlineData(2, 0, 2)]
    [InlineData(Last, 1, 0)]
    public async Task Rest_of_a_message_keeps_its_receives_until_its_failure_is_a_letter(int receives, int letters, int kept)
    {
        using var time = new CancellationTokenSource();
        var rest = new Remainders();
        _errors[A] = new IOException("poison");

        Assert.Empty(await Follower(slice: 1, rest).FollowAsync(
            [Message("1", receives, [Event(A, 1), Event(B, 1)])],
            async (_, _) =>
            {
                await time.CancelAsync();
                return _errors;
            },
            time.Token));

        Assert.Equal((letters, kept), (_letters.Put.Count, rest.Receives));
        Assert.Equal(letters == 0 ? [B, A] : [B], EventMessage.Parse(ShopContracts.Events, Assert.Single(rest.Put)).Events.Select(e => e.Stream));
        Assert.Equal(3 + kept, FollowedMessage.Of("2", rest.Put[0], 3, new Dictionary<string, string> { [FollowedMessage.Receives] = $"{rest.Receives}" }).ReceiveCount);
    }

    [Fact]
    public async Task Message_whose_rest_cannot_be_put_back_comes_again_whole()
    {
        using var time = new CancellationTokenSource();

        var failed = await Follower(slice: 1, new Remainders { Failure = new IOException("no queue") }).FollowAsync(
            [Message("1", Last, [Event(A, 1), Event(B, 1)])],
            async (_, _) =>
            {
                await time.CancelAsync();
                return _errors;
            },
            time.Token);

        Assert.Equal(["1"], failed);
        Assert.Empty(_letters.Put);
    }

    [Fact]
    public async Task Message_that_alone_takes_longer_than_an_invocation_is_done_after_some_tries()
    {
        var rest = new Remainders();
        var body = EventMessage.Write([.. Enumerable.Range(1, 9).Select(number => Event(ProductStreams.IdOf(new Guid(number, 0, 0, new byte[8])), 1))], []);
        HashSet<StreamId> done = [];

        var tries = 0;
        for (; ; tries++)
        {
            Assert.True(tries < 9, "no end");
            using var time = new CancellationTokenSource();
            var slices = 0;
            // Another instance each time, and always the first receive: only the queue has state.
            var failed = await Follower(slice: 1, rest).FollowAsync(
                [new FollowedMessage("1", body, 1)],
                async (streams, ct) =>
                {
                    if (++slices == 3) await time.CancelAsync();
                    ct.ThrowIfCancellationRequested();
                    done.UnionWith(streams.Select(batch => batch.Stream));
                    return _errors;
                },
                time.Token);
            Assert.Empty(failed);
            if (rest.Put.Count == 0) break;
            body = rest.Put.Single();
            rest.Put.Clear();
        }

        Assert.Equal((9, 4), (done.Count, tries));
    }

    [Fact]
    public async Task Batch_far_too_large_for_an_invocation_is_done_after_some_tries()
    {
        // Every invocation has time for two slices, in any order of the messages.
        var random = new Random(5);
        var left = Enumerable.Range(0, 12).ToDictionary(number => $"{number}", _ => 0);
        var content = left.Keys.ToDictionary(id => id, id => ProductStreams.IdOf(new Guid(int.Parse(id, System.Globalization.CultureInfo.InvariantCulture) + 1, 0, 0, new byte[8])));

        var tries = 0;
        for (; left.Count > 0; tries++)
        {
            Assert.True(tries < 12, $"{left.Count} messages are left");
            using var time = new CancellationTokenSource();
            var slices = 0;
            var batch = left.Keys.OrderBy(_ => random.Next()).Take(10).ToList();
            foreach (var id in batch) left[id]++;
            var failed = await Follower(slice: 1).FollowAsync(
                [.. batch.Select(id => Message(id, left[id], [Event(content[id], 1)]))],
                async (_, ct) =>
                {
                    ct.ThrowIfCancellationRequested();
                    if (++slices == 2) await time.CancelAsync();
                    return _errors;
                },
                time.Token);
            Assert.Equal(Math.Max(0, batch.Count - 2), failed.Count);
            foreach (var id in batch.Except(failed)) left.Remove(id);
        }

        Assert.Equal(6, tries);
        Assert.Empty(_letters.Put);
    }

    internal static EventRecord Event(StreamId stream, long version) =>
        EventRecord.Of(ShopContracts.Events, stream, version, new InventoryAdjusted(1, (int)version, "counted"), CommandIds.Named(Guid.Empty, $"{stream} {version}"), 0, new Actor("seller-1", ShopRoles.Seller), DateTimeOffset.UnixEpoch);

    internal static FollowedMessage Message(string id, int receives, IReadOnlyList<EventRecord> events, params IReadOnlyList<StreamHint> hints) =>
        new(id, EventMessage.Write(events, hints), receives);

    private EventFollower Follower(int slice = EventFollower.SliceStreams, IRemainders? remainders = null) => new(ShopContracts.Events, _letters, Last, NullLogger<EventFollower>.Instance, remainders, slice);

    private Task<IReadOnlyCollection<string>> FollowAsync(params IReadOnlyList<FollowedMessage> messages) => Follower().FollowAsync(
        messages,
        (streams, _) =>
        {
            _handed.AddRange(streams);
            return Task.FromResult<IReadOnlyDictionary<StreamId, Exception>>(_errors);
        },
        Ct);

    private sealed class Remainders : IRemainders
    {
        public List<string> Put { get; } = [];

        public Exception? Failure { get; init; }

        public int Receives { get; private set; }

        public Task PutAsync(string body, int receives, CancellationToken ct)
        {
            Receives = receives;
            ct.ThrowIfCancellationRequested();
            if (Failure is not null) throw Failure;
            Put.Add(body);
            return Task.CompletedTask;
        }
    }

    private sealed class Letters : IDeadLetters
    {
        public List<DeadLetter> Put { get; } = [];

        public Exception? Failure { get; set; }

        public Action<DeadLetter> Stored { get; set; } = _ => { };

        public Task PutAsync(DeadLetter letter, CancellationToken ct)
        {
            if (Failure is not null) throw Failure;
            Put.Add(letter);
            Stored(letter);
            return Task.CompletedTask;
        }
    }
}
