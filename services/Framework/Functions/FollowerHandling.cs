using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.Lambda;

namespace ServerlessCqrs.Functions;

/// <summary>Hands the messages of a queue to a follower of events.</summary>
public static class FollowerHandling
{
    /// <inheritdoc cref="EventFollower.FollowAsync"/>
    public static Task<IReadOnlyCollection<string>> FollowAsync(
        this EventFollower follower,
        IReadOnlyList<SqsMessage> messages,
        FollowStreams follow,
        CancellationToken ct,
        bool isSliced = true) =>
        follower.FollowAsync(
            [.. messages.Select(message => FollowedMessage.Of(message.MessageId, message.Body, message.ReceiveCount, message.Attributes))],
            follow,
            ct,
            isSliced);
}
