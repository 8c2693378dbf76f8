using Microsoft.Extensions.Logging;
using ServerlessCqrs.EventStore.Publishing;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Following;

/// <summary>
/// Handles a batch for every function that subscribes to the topic. It reads the messages, hands their streams
/// to the handler in slices, and decides what happens to each message. A message with a failed stream is redelivered.
/// On the last receive, only the failed stream's part becomes a dead letter, and the message is done. The message fails
/// then only if the dead letter could not be stored.
/// <para>
/// When the time runs out, a message whose streams are all done is reported as done. The rest of a partly done message
/// goes back to the queue as a new message. So the next attempt continues where this one stopped. The rest starts with
/// a receive count of 0, or keeps the count if one of its streams failed. A message of which no stream finished is
/// redelivered and goes first, so it has a whole invocation. No stream becomes a dead letter because the time ran out.
/// </para>
/// </summary>
/// <param name="maxReceiveCount">The number of a message's last receive.</param>
/// <param name="remainders">Null to redeliver a partly done message whole.</param>
/// <param name="sliceStreams">The number of streams that a handler gets at once.</param>
public sealed partial class EventFollower(WireContracts contracts, IDeadLetters deadLetters, int maxReceiveCount, ILogger<EventFollower> log, IRemainders? remainders = null, int sliceStreams = EventFollower.SliceStreams)
{
    /// <summary>
    /// The stores read up to 100 keys per call. A slow store still finishes several slices of this size in an
    /// invocation.
    /// </summary>
    public const int SliceStreams = 100;

    /// <summary>Returns the ids of the messages that failed, or for which the time ran out.</summary>
    /// <param name="isSliced">False for a handler that watches the clock itself and gets all streams at once.</param>
    /// <param name="ct">Cancelled a margin before the deadline.</param>
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

        // The invocation's token is already cancelled here. The margin before the deadline covers this work.
        async Task<bool> SplitAsync(FollowedMessage message, List<StreamBatch> open, List<StreamBatch> late, DeadLetter[] letters)
        {
            LogOutOfTime(late.Count, message.Id, message.ReceiveCount);
            if (remainders is null) return false;
            var areGivenUp = letters.Length > 0 && await EndAsync(message, letters, CancellationToken.None);

            // Streams that were not begun go first, and those that took too long go last, so they delay nobody twice.
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

    /// <summary>
    /// Returns true when the message is done: nothing failed, or everything that failed is a stored dead letter.
    /// </summary>
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

    [LoggerMessage(1, LogLevel.Warning, "{Stream} in message {Message} failed at receive {Receive}. It will be redelivered.")]
    private partial void LogFailed(string? stream, string message, int receive, Exception reason);

    [LoggerMessage(2, LogLevel.Error, "{Stream} in message {Message} failed at its last receive, {Receive}. It becomes a dead letter.")]
    private partial void LogGivenUp(string? stream, string message, int receive, Exception reason);

    [LoggerMessage(3, LogLevel.Error, "A dead letter of message {Message} could not be stored, so the message fails.")]
    private partial void LogLetterLost(string message, Exception reason);

    [LoggerMessage(4, LogLevel.Warning, "The time ran out before {Streams} streams of message {Message} were done, at receive {Receive}. They will be redelivered.")]
    private partial void LogOutOfTime(int streams, string message, int receive);

    [LoggerMessage(5, LogLevel.Warning, "The rest of message {Message} could not be put back. The whole message will be redelivered.")]
    private partial void LogRemainderLost(string message, Exception reason);
}

/// <summary>
/// The invocation's time ran out before this stream was done. The stream itself has no error, and its message is
/// redelivered.
/// </summary>
public sealed class OutOfTimeException(StreamId stream) : Exception($"The time ran out before {stream} was done.")
{
    /// <summary>True if the handler was working on the stream when the time ran out.</summary>
    public bool WasBegun { get; init; }
}
