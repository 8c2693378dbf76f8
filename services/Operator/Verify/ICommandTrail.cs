using ServerlessCqrs.Shop;

namespace ServerlessCqrs.Operator.Verify;

/// <summary>The commands that were put on the command stream and are kept there.</summary>
public interface ICommandTrail
{
    /// <summary>Every command put before now, streamed; one that was put twice comes twice.</summary>
    IAsyncEnumerable<PutCommand> ReadAsync(CancellationToken ct);
}

/// <summary>A command as it was put.</summary>
/// <param name="CommandId">Where the record cannot be read, the id under which the write path records that.</param>
public sealed record PutCommand(
    StreamId Stream,
    Guid CommandId,
    DateTimeOffset PutAt);
