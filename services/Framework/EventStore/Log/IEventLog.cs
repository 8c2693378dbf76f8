using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Log;

/// <summary>The history as the write path uses it. It guards nothing: the tips do. Appending the same rows again is harmless; readers see each once.</summary>
public interface IEventLog
{
    /// <summary>Stores events and outcomes in one insert; returns when they are durable. Appending a row that is already there changes nothing a reader sees.</summary>
    Task AppendAsync(IReadOnlyList<EventRecord> events, IReadOnlyList<CommandOutcome> outcomes, CancellationToken ct);

    /// <summary>The outcomes on these streams whose command id or key id is asked for: one query.</summary>
    Task<IReadOnlyList<CommandOutcome>> FindOutcomesAsync(IReadOnlyCollection<OutcomeQuery> wanted, CancellationToken ct);

    /// <summary>The events that these commands made, ordered by stream and version: one query.</summary>
    Task<IReadOnlyList<EventRecord>> FindEventsAsync(IReadOnlyCollection<(StreamId Stream, Guid CommandId)> commands, CancellationToken ct);
}

/// <summary>Asks for the outcome of a command, and, where it has a key, for every outcome under that key.</summary>
public sealed record OutcomeQuery(
    StreamId Stream,
    Guid CommandId,
    Guid? KeyId);
