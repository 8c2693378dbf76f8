using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.Lambda;

namespace ServerlessCqrs.Push;

/// <summary>Hints the watchers of all streams that a batch of messages speaks of.</summary>
public sealed class HintBatchHandler(EventFollower follower, HintSender hints) : ISqsBatchHandler
{
    public Task<IReadOnlyCollection<string>> HandleAsync(IReadOnlyList<SqsMessage> messages, InvocationContext context, CancellationToken ct)
    {
        FollowedMessage[] followed = [.. messages.Select(message => FollowedMessage.Of(message.MessageId, message.Body, message.ReceiveCount, message.Attributes))];
        var isRepeated = followed.Any(message => message.ReceiveCount > 1);
        return follower.FollowAsync(followed, (streams, token) => hints.SendAsync(streams, isRepeated, token), ct);
    }
}
