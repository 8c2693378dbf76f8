namespace ServerlessCqrs.EventStore.Sending;

/// <summary>Where commands go to be decided.</summary>
public interface ICommandStream
{
    /// <summary>Returns when all are acknowledged: they are durable, and will be decided.</summary>
    /// <exception cref="Exception">Not all of them were. Any of them may have been taken all the same, and may be put again.</exception>
    Task PutAsync(IReadOnlyList<CommandRecord> commands, CancellationToken ct);
}

public static class CommandStreamExtensions
{
    /// <summary>Puts one command.</summary>
    /// <inheritdoc cref="ICommandStream.PutAsync"/>
    public static Task PutAsync(this ICommandStream stream, CommandRecord command, CancellationToken ct) => stream.PutAsync([command], ct);
}
