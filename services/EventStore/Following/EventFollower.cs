using Microsoft.Extensions.Logging;
using ServerlessCqrs.EventStore.Publishing;
using ServerlessCqrs.Shop;

namespace ServerlessCqrs.EventStore.Following;

/// <summary>
/// What every function behind the topic does with a batch: reads the messages, hands all their streams over at once, and decides what becomes of each message. A message with a stream that failed comes again. On its last
/// receive that stream's part alone becomes a dead letter, and the message is done; it fails only if the letter could not be stored.
/// </summary>
/// <param name="maxReceiveCount">The receive that is a message's last.</param>
public sealed partial class EventFollower(IDeadLetters deadLetters, int maxReceiveCount, ILogger<EventFollower> log)
{
    /// <summary>The ids of the messages that failed.</summary>
    /// <exception cref="OperationCanceledException">Cancelled: all messages come again.</exception>
    public async Task<IReadOnlyCollection<string>> FollowAsync(IReadOnlyList<FollowedMessage> messages, FollowStreams follow, CancellationToken ct)
    {
        var read = new List<(FollowedMessage Message, EventMessage Content)>(messages.Count);
        var failed = new List<string>();
        foreach (var message in messages)
        {
            try
            {
                read.Add((message, EventMessage.Parse(message.Body)));
            }
            catch (FormatException e)
            {
                if (!await EndAsync(message, [new DeadLetter(message.Body, null, e)], ct)) failed.Add(message.Id);
            }
        }

        var errors = await FollowAsync(StreamBatch.Of([.. read.Select(r => r.Content)]), follow, ct);
        foreach (var (message, content) in read)
        {
            DeadLetter[] letters =
            [
                .. StreamBatch.Of(content)
                    .Where(batch => errors.ContainsKey(batch.Stream))
                    .Select(batch => new DeadLetter(EventMessage.Write(batch.Events, batch.Hints), batch.Stream, errors[batch.Stream])),
            ];
            if (!await EndAsync(message, letters, ct)) failed.Add(message.Id);
        }

        return failed;
    }

    private static async Task<IReadOnlyDictionary<StreamId, Exception>> FollowAsync(IReadOnlyList<StreamBatch> streams, FollowStreams follow, CancellationToken ct)
    {
        if (streams.Count == 0) return new Dictionary<StreamId, Exception>();
        try
        {
            return await follow(streams, ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            return streams.ToDictionary(batch => batch.Stream, _ => e);
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
        catch (Exception e) when (!ct.IsCancellationRequested)
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
}
