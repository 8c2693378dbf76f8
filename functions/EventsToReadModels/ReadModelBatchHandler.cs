using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.Lambda;
using ServerlessCqrs.ReadModels;

namespace ServerlessCqrs.EventsToReadModels;

/// <summary>Projects all that a batch of messages says onto every read model, at once.</summary>
public sealed class ReadModelBatchHandler(EventFollower follower, ReadModelCatalogue models) : ISqsBatchHandler
{
    public Task<IReadOnlyCollection<string>> HandleAsync(IReadOnlyList<SqsMessage> messages, InvocationContext context, CancellationToken ct) =>
        follower.FollowAsync([.. messages.Select(message => new FollowedMessage(message.MessageId, message.Body, message.ReceiveCount))], models.ProjectAsync, ct);
}
