using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Log;

/// <summary>The history as the write path uses it. It guards nothing: the tips do. Appending the same rows again is harmless; readers see each once.</summary>
public interface IEventLog : IOutcomeLog
{
    /// <summary>Stores events and outcomes in one insert; returns when they are durable. Appending a row that is already there changes nothing a reader sees.</summary>
    Task AppendAsync(IReadOnlyList<EventRecord> events, IReadOnlyList<CommandOutcome> outcomes, CancellationToken ct);

    /// <summary>The events that these commands made, ordered by stream and version: one query.</summary>
    Task<IReadOnlyList<EventRecord>> FindEventsAsync(IReadOnlyCollection<(StreamId Stream, Guid CommandId)> commands, CancellationToken ct);
}
