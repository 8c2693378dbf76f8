using ServerlessCqrs.EventStore;

namespace ServerlessCqrs.Operator.Import;

/// <summary>Where commands are put to be decided.</summary>
public interface ICommandSink
{
    /// <summary>Returns when all are acknowledged; throws where that is not certain, and then they may be put again.</summary>
    Task PutAsync(IReadOnlyList<CommandRecord> commands, CancellationToken ct);
}
