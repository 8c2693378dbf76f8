namespace ServerlessCqrs.EventStore.Sending;

/// <summary>Where commands go to be decided: each stream's in order.</summary>
public interface ICommandStream
{
    /// <summary>Returns when the command is acknowledged: it is durable, and will be decided.</summary>
    /// <exception cref="Exception">It was not acknowledged. It may have been taken all the same.</exception>
    Task PutAsync(CommandRecord command, CancellationToken ct);
}
