using Microsoft.Extensions.Logging;
using ServerlessCqrs.EventStore.Publishing;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Following;

/// <summary>
/// What every function behind the topic does with a batch: reads the messages, hands their streams over in slices, and decides what becomes of each message. A message with a stream that failed comes again. On its last
/// receive that stream's part alone becomes a dead letter, and the message is done; it fails only if the letter could not be stored.
/// <para>
/// When the invocation's time is up, the messages whose streams are all done are reported as done. Of a message that is done in part, the rest goes back to the queue as a message of its own, so the next try begins where this one
/// stopped, and the receives of the whole do not count against the rest; if something in it failed, they do. A message of which nothing was tried to the end comes again, and goes first: it has the whole of an invocation before it.
/// No stream becomes a dead letter for want of time.
/// </para>
/// </summary>
/// <param name="maxReceiveCount">The receive that is a failing message's last.</param>
/// <param name="remainders">Null: a message that is done in part comes again whole.</param>
/// <param name="sliceStreams">How many streams a handler gets at once.</param>
public sealed partial class EventFollower(WireContracts contracts, IDeadLetters deadLetters, int maxReceiveCount, ILogger<EventFollower> log, IRemainders? remainders = null, int sliceStreams = EventFollower.SliceStreams)
{
    /// <summary>Large enough for the stores, which take 100 keys in a read; small enough that a slow store still finishes several slices in an invocation.</summary>
    public const int SliceStreams = 100;

    /// <summary>The ids of the messages that failed, or whose time was up.</summary>
    /// <param name="isSliced">False for a handler that watches the clock itself, and gets all streams at once.</param>
    /// <param name="ct">Cancelled when the time is up, a margin before the deadline.</param>
    public async Task<IReadOnlyCollection<string>> FollowAsync(IReadOnlyList<FollowedMessage> messages, FollowStreams follow, CancellationToken ct, bool isSliced = true)
    {
        var read = new List<(FollowedMessage Message, EventMessage Content)>(messages.Count);
        var failed = new List<string>();
        foreach (var message in messages.OrderByDescending(message => message.ReceiveCount))
        {
            try
            {
                read.Add((message, EventMessage.Parse(contracts, message.Body)));
            }
            catch (FormatException e)
            {
                if (!await EndAsync(message, [new DeadLetter(message.Body, null, e)], ct)) failed.Add(message.Id);
            }
        }

        var handover = new Handover(follow);
        foreach (var slice in StreamBatch.Of([.. read.Select(r => r.Content)]).Chunk(isSliced ? sliceStreams : int.MaxValue)) await handover.HandAsync(slice, ct);
        var errors = handover.Errors;

        foreach (var (message, content) in read)
        {
            var batches = StreamBatch.Of(content);
            var open = batches.Where(batch => errors.ContainsKey(batch.Stream)).ToList();
            var late = open.Where(IsOutOfTime).ToList();
            DeadLetter[] letters = [.. open.Except(late).Select(batch => new DeadLetter(EventMessage.Write(batch.Events, batch.Hints), batch.Stream, errors[batch.Stream]))];
            var isDone = late.Count == 0 ? await EndAsync(message, letters, ct) : late.Count < batches.Count && await SplitAsync(message, open, late, letters);
            if (!isDone) failed.Add(message.Id);
        }

        return failed;

        bool IsOutOfTime(StreamBatch batch) => errors[batch.Stream] is OutOfTimeException;

        // Without the invocation's token, which is cancelled by now: the margin before the deadline is for this.
        async Task<bool> SplitAsync(FollowedMessage message, List<StreamBatch> open, List<StreamBatch> late, DeadLetter[] letters)
        {
            LogOutOfTime(late.Count, message.Id, message.ReceiveCount);
            if (remainders is null) return false;
            var areGivenUp = letters.Length > 0 && await EndAsync(message, letters, CancellationToken.None);

            // First what was not begun, last what took too long: the others must not wait for it again.
            var rest = (areGivenUp ? late : open).OrderBy(batch => errors[batch.Stream] switch
            {
                OutOfTimeException { WasBegun: false } => 0,
                OutOfTimeException => 2,
                _ => 1,
            }).ToList();
            try
            {
                var body = EventMessage.Write([.. rest.SelectMany(batch => batch.Events)], [.. rest.SelectMany(batch => batch.Hints)]);
                await remainders.PutAsync(body, receives: rest.Count > late.Count ? message.ReceiveCount : 0, CancellationToken.None);
                return true;
            }
            catch (Exception e)
            {
                LogRemainderLost(message.Id, e);
                return false;
            }
        }
    }

    /// <summary>Whether the message is done with: nothing of it failed, or what did now lies with the dead letters.</summary>
    private async Task<bool> EndAsync(FollowedMessage message, IReadOnlyList<DeadLetter> letters, CancellationToken ct)
    {
        var last = message.ReceiveCount >= maxReceiveCount;
        foreach (var letter in letters)
        {
            if (last) LogGivenUp(letter.Stream?.ToString(), message.Id, message.ReceiveCount, letter.Reason);
            else LogFailed(letter.Stream?.ToString(), message.Id, message.ReceiveCount, letter.Reason);
        }

        if (letters.Count == 0 || !last) return letters.Count == 0;
        try
        {
            foreach (var letter in letters) await deadLetters.PutAsync(letter, ct);
            return true;
        }
        catch (Exception e)
        {
            LogLetterLost(message.Id, e);
            return false;
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "{Stream} in message {Message} failed at receive {Receive}; it comes again.")]
    private partial void LogFailed(string? stream, string message, int receive, Exception reason);

    [LoggerMessage(2, LogLevel.Error, "{Stream} in message {Message} failed at receive {Receive}, its last; it goes to the dead letters.")]
    private partial void LogGivenUp(string? stream, string message, int receive, Exception reason);

    [LoggerMessage(3, LogLevel.Error, "A dead letter of message {Message} could not be stored; the message fails.")]
    private partial void LogLetterLost(string message, Exception reason);

    [LoggerMessage(4, LogLevel.Warning, "The time was up before {Streams} streams of message {Message} were done, at receive {Receive}; they come again.")]
    private partial void LogOutOfTime(int streams, string message, int receive);

    [LoggerMessage(5, LogLevel.Warning, "The rest of message {Message} could not be put back; the message comes again whole.")]
    private partial void LogRemainderLost(string message, Exception reason);
}

/// <summary>The invocation's time was up before this stream was done. Nothing is wrong with the stream: its message comes again.</summary>
public sealed class OutOfTimeException(StreamId stream) : Exception($"The time was up before {stream} was done.")
{
    /// <summary>True if the stream was at work when the time was up.</summary>
    public bool WasBegun { get; init; }
}
