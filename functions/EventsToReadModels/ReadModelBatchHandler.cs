using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.Lambda;
using ServerlessCqrs.Projections.Live;

namespace ServerlessCqrs.EventsToReadModels;

/// <summary>Projects all that a batch of messages says onto every read model that is alive, at once.</summary>
public sealed class ReadModelBatchHandler(EventFollower follower, LiveReadModels models) : ISqsBatchHandler
{
    public Task<IReadOnlyCollection<string>> HandleAsync(IReadOnlyList<SqsMessage> messages, InvocationContext context, CancellationToken ct) =>
        follower.FollowAsync([.. messages.Select(message => FollowedMessage.Of(message.MessageId, message.Body, message.ReceiveCount, message.Attributes))], async (streams, token) => await (await models.NowAsync(token)).ProjectAsync(streams, token), ct);
}
