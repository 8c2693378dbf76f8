using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Operating.Verify;

/// <summary>The commands that the command stream still has.</summary>
public interface ICommandTrail
{
    /// <summary>Streams every command that was put before now. A command that was put twice occurs twice.</summary>
    IAsyncEnumerable<PutCommand> ReadAsync(CancellationToken ct);
}

/// <summary>A record of the command stream.</summary>
/// <param name="CommandId">The command's id. For a record without a readable id, the id under which the write path
/// records it.</param>
/// <param name="FormerId">The id under which an earlier release recorded the command; null if it is the same.</param>
/// <param name="IsUnreadable">Whether the outcome must be a refusal as malformed.</param>
public sealed record PutCommand(
    StreamId Stream,
    Guid CommandId,
    DateTimeOffset PutAt,
    Guid? FormerId = null,
    bool IsUnreadable = false);
