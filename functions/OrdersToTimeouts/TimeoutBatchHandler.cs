using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.Lambda;

namespace ServerlessCqrs.OrdersToTimeouts;

/// <summary>
/// Ends overdue orders of a batch of messages, which the queue delays for as long as an order may wait.
/// </summary>
public sealed class TimeoutBatchHandler(EventFollower follower, OverdueOrders overdue) : ISqsBatchHandler
{
    public Task<IReadOnlyCollection<string>> HandleAsync(IReadOnlyList<SqsMessage> messages, InvocationContext context, CancellationToken ct) =>
        follower.FollowAsync(
            [.. messages.Select(message => FollowedMessage.Of(message.MessageId, message.Body, message.ReceiveCount, message.Attributes))],
            overdue.ExpireAsync,
            ct);
}
