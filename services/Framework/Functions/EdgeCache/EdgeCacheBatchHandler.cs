using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.Lambda;

namespace ServerlessCqrs.Functions.EdgeCache;

/// <summary>Invalidates all documents that a batch of messages changed, in one request.</summary>
public sealed class EdgeCacheBatchHandler(EventFollower follower, EdgeInvalidator invalidator) : ISqsBatchHandler
{
    /// <summary>The time reserved at the end of an invocation for CloudFront's response and the dead letters.</summary>
    public static readonly TimeSpan Margin = TimeSpan.FromSeconds(10);

    public Task<IReadOnlyCollection<string>> HandleAsync(IReadOnlyList<SqsMessage> messages, InvocationContext context, CancellationToken ct) =>
        follower.FollowAsync(
            messages,
            (streams, token) => invalidator.InvalidateAsync(streams, context.Deadline - Margin, token),
            ct,
            // One request to CloudFront covers all messages.
            isSliced: false);
}
