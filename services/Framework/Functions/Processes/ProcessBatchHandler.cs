using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.Lambda;

namespace ServerlessCqrs.Functions.Processes;

/// <summary>Hands a batch of messages to a process over several streams, all at once.</summary>
public sealed class ProcessBatchHandler(EventFollower follower, FollowStreams follow) : ISqsBatchHandler
{
    public Task<IReadOnlyCollection<string>> HandleAsync(IReadOnlyList<SqsMessage> messages, InvocationContext context, CancellationToken ct) =>
        follower.FollowAsync(messages, follow, ct);
}
