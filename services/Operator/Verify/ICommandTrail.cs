using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Operator.Verify;

/// <summary>The commands that were put on the command stream and are kept there.</summary>
public interface ICommandTrail
{
    /// <summary>Every command put before now, streamed; one that was put twice comes twice.</summary>
    IAsyncEnumerable<PutCommand> ReadAsync(CancellationToken ct);
}

/// <summary>A record as it was put.</summary>
/// <param name="CommandId">Where the record does not say which command it is, the id under which the write path records
/// that.</param>
/// <param name="FormerId">The id under which a former release recorded it; null where that is the same.</param>
/// <param name="IsUnreadable">Whether its outcome must be a refusal as malformed.</param>
public sealed record PutCommand(
    StreamId Stream,
    Guid CommandId,
    DateTimeOffset PutAt,
    Guid? FormerId = null,
    bool IsUnreadable = false);
