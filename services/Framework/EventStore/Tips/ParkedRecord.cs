namespace ServerlessCqrs.EventStore.Tips;

/// <summary>
/// A record of the command stream that waits in its stream's tip. The consumer decides it before later records of the
/// stream.
/// </summary>
/// <param name="SequenceNumber">Its position on the command stream.</param>
/// <param name="ArrivedAt">The time at which Kinesis accepted it, by the clock of Kinesis.</param>
/// <param name="Data">Its original bytes.</param>
/// <param name="Refusal">The reason of the operator who refused it, or null while it waits.</param>
public sealed record ParkedRecord(
    Guid CommandId,
    string SequenceNumber,
    DateTimeOffset ArrivedAt,
    ReadOnlyMemory<byte> Data,
    string? Refusal = null);
