using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Log;

/// <summary>The outcomes and the events of commands, as the log stores them.</summary>
public interface ICommandLog : IOutcomeLog
{
    /// <summary>Returns the events of these commands, sorted by stream and version, with one query.</summary>
    Task<IReadOnlyList<EventRecord>> FindEventsAsync(IReadOnlyCollection<(StreamId Stream, Guid CommandId)> commands, CancellationToken ct);
}

/// <summary>
/// Writes the log. It checks no versions, because the tips do. Repeated appends are harmless: readers see each row
/// once.
/// </summary>
public interface IEventLog : ICommandLog
{
    /// <summary>
    /// Stores events and outcomes in one insert, and returns after they are durable. Appending an existing row changes
    /// nothing that a reader sees.
    /// </summary>
    Task AppendAsync(IReadOnlyList<EventRecord> events, IReadOnlyList<CommandOutcome> outcomes, CancellationToken ct);
}
