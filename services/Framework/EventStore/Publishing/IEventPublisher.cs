namespace ServerlessCqrs.EventStore.Publishing;

/// <summary>
/// Publishes events to all subscribers. Subscribers treat events as hints, so duplicates and a wrong order do no harm.
/// After a failure, publish everything again.
/// </summary>
public interface IEventPublisher
{
    /// <summary>Publishes the events, those of a stream in order. Returns after all were accepted.</summary>
    Task PublishAsync(IReadOnlyList<EventRecord> events, CancellationToken ct);
}
