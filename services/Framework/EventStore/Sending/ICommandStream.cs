namespace ServerlessCqrs.EventStore.Sending;

/// <summary>Sends commands to the consumer that decides them.</summary>
public interface ICommandStream
{
    /// <summary>Returns after all commands are acknowledged: they are durable, and will be decided.</summary>
    /// <exception cref="Exception">Some were not acknowledged. Any of them may have been accepted, and may be sent
    /// again.</exception>
    Task PutAsync(IReadOnlyList<CommandRecord> commands, CancellationToken ct);
}

public static class CommandStreamExtensions
{
    /// <inheritdoc cref="ICommandStream.PutAsync"/>
    public static Task PutAsync(this ICommandStream stream, CommandRecord command, CancellationToken ct) => stream.PutAsync([command], ct);
}
