using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.Lambda;
using ServerlessCqrs.Projections.Live;

namespace ServerlessCqrs.Functions.ReadModels;

/// <summary>Projects a batch of messages onto every live read model at the same time.</summary>
public sealed class ReadModelBatchHandler(EventFollower follower, LiveReadModels models) : ISqsBatchHandler
{
    public Task<IReadOnlyCollection<string>> HandleAsync(IReadOnlyList<SqsMessage> messages, InvocationContext context, CancellationToken ct) =>
        follower.FollowAsync(messages, async (streams, token) => await (await models.NowAsync(token)).ProjectAsync(streams, token), ct);
}
