using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.Lambda;
using ServerlessCqrs.ReadModels;
using ServerlessCqrs.ReadModels.Products;

namespace ServerlessCqrs.EventsToReadModels;

/// <summary>Projects all that a batch of messages says onto the product documents, at once.</summary>
public sealed class ReadModelBatchHandler(EventFollower follower, Projector<ProductDocument> products) : ISqsBatchHandler
{
    public Task<IReadOnlyCollection<string>> HandleAsync(IReadOnlyList<SqsMessage> messages, InvocationContext context, CancellationToken ct) =>
        follower.FollowAsync(
            [.. messages.Select(message => new FollowedMessage(message.MessageId, message.Body, message.ReceiveCount))],
            async (streams, token) => (await products.ProjectAsync(streams, token))
                .Where(result => result.Error is not null)
                .ToDictionary(result => result.Stream, result => result.Error!),
            ct);
}
