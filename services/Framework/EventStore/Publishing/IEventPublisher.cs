namespace ServerlessCqrs.EventStore.Publishing;

/// <summary>Tells everyone who follows the log. What it tells are hints: told twice or out of order does no harm, so a failure is answered by telling all again.</summary>
public interface IEventPublisher
{
    /// <summary>Publishes the events; those of one stream in their order. Returns when all are taken.</summary>
    Task PublishAsync(IReadOnlyList<EventRecord> events, CancellationToken ct);
}
