using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.Lambda;

namespace ServerlessCqrs.EventsToEdgeCache;

/// <summary>Invalidates, in one request, all products that a batch of messages says have changed.</summary>
public sealed class EdgeCacheBatchHandler(EventFollower follower, ProductInvalidator invalidator) : ISqsBatchHandler
{
    /// <summary>What is left of an invocation for CloudFront's answer and the dead letters.</summary>
    public static readonly TimeSpan Margin = TimeSpan.FromSeconds(10);

    public Task<IReadOnlyCollection<string>> HandleAsync(IReadOnlyList<SqsMessage> messages, InvocationContext context, CancellationToken ct) =>
        follower.FollowAsync(
            [.. messages.Select(message => FollowedMessage.Of(message.MessageId, message.Body, message.ReceiveCount, message.Attributes))],
            (streams, token) => invalidator.InvalidateAsync(streams, context.Deadline - Margin, token),
            ct,
            // One request to CloudFront for all.
            isSliced: false);
}
