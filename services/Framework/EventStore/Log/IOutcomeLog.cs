using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Log;

/// <summary>The outcomes of commands, as the log stores them.</summary>
public interface IOutcomeLog
{
    /// <summary>The outcomes on these streams whose command id or key id is asked for: one query.</summary>
    Task<IReadOnlyList<CommandOutcome>> FindOutcomesAsync(IReadOnlyCollection<OutcomeQuery> wanted, CancellationToken ct);
}

/// <summary>Asks for the outcome of a command, and, where it has a key, for every outcome under that key.</summary>
public sealed record OutcomeQuery(
    StreamId Stream,
    Guid CommandId,
    Guid? KeyId);
