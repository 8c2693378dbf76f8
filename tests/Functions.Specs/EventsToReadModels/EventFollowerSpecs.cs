using Microsoft.Extensions.Logging.Abstractions;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.EventStore.Publishing;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Products;

namespace ServerlessCqrs.Functions.Specs.EventsToReadModels;

public sealed class EventFollowerSpecs
{
    private const int Last = 5;
    private static readonly StreamId A = ProductStreams.IdOf(Guid.Parse("aaaaaaaa-0000-4000-8000-000000000000"));
    private static readonly StreamId B = ProductStreams.IdOf(Guid.Parse("bbbbbbbb-0000-4000-8000-000000000000"));
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

        Assert.Equal(["1", "3"], failed);
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
        var content = EventMessage.Parse(letter.Body);
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

    [Fact]
    public async Task A_batch_that_is_cancelled_leaves_no_dead_letters()
    {
        using var deadline = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Follower().FollowAsync(
            [Message("1", Last, [Event(A, 1)])],
            async (_, ct) =>
            {
                await deadline.CancelAsync();
                ct.ThrowIfCancellationRequested();
                return _errors;
            },
            deadline.Token));

        Assert.Empty(_letters.Put);
    }

    internal static EventRecord Event(StreamId stream, long version) =>
        EventRecord.Of(stream, version, new InventoryAdjusted(1, (int)version, "counted"), CommandIds.Named(Guid.Empty, $"{stream} {version}"), 0, new Actor("seller-1", Actor.Seller), DateTimeOffset.UnixEpoch);

    internal static FollowedMessage Message(string id, int receives, IReadOnlyList<EventRecord> events, params IReadOnlyList<StreamHint> hints) =>
        new(id, EventMessage.Write(events, hints), receives);

    private EventFollower Follower() => new(_letters, Last, NullLogger<EventFollower>.Instance);

    private Task<IReadOnlyCollection<string>> FollowAsync(params IReadOnlyList<FollowedMessage> messages) => Follower().FollowAsync(
        messages,
        (streams, _) =>
        {
            _handed.AddRange(streams);
            return Task.FromResult<IReadOnlyDictionary<StreamId, Exception>>(_errors);
        },
        Ct);

    private sealed class Letters : IDeadLetters
    {
        public List<DeadLetter> Put { get; } = [];

        public Exception? Failure { get; set; }

        public Task PutAsync(DeadLetter letter, CancellationToken ct)
        {
            if (Failure is not null) throw Failure;
            Put.Add(letter);
            return Task.CompletedTask;
        }
    }
}
