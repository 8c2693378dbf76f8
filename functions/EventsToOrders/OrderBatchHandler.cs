using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.Lambda;

namespace ServerlessCqrs.EventsToOrders;

/// <summary>Answers the events of orders and their products in a batch of messages, all at once.</summary>
public sealed class OrderBatchHandler(EventFollower follower, OrderProcessor process) : ISqsBatchHandler
{
    public Task<IReadOnlyCollection<string>> HandleAsync(IReadOnlyList<SqsMessage> messages, InvocationContext context, CancellationToken ct) =>
        follower.FollowAsync(
            [.. messages.Select(message => FollowedMessage.Of(message.MessageId, message.Body, message.ReceiveCount, message.Attributes))],
            process.AnswerAsync,
            ct);
}
