using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Log;

/// <summary>The outcomes of commands, as the log stores them.</summary>
public interface IOutcomeLog
{
    /// <summary>Returns the outcomes on these streams that match a command id or key id, with one query.</summary>
    Task<IReadOnlyList<CommandOutcome>> FindOutcomesAsync(IReadOnlyCollection<OutcomeQuery> wanted, CancellationToken ct);
}

/// <summary>Asks for the outcome of a command and, if it has a key, for every outcome under that key.</summary>
public sealed record OutcomeQuery(
    StreamId Stream,
    Guid CommandId,
    Guid? KeyId);
