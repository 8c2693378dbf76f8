namespace ServerlessCqrs.EventStore.Tips;

/// <summary>
/// A record of the command stream that waits in its stream's tip. The consumer decides it before anything that arrives
/// later for the stream.
/// </summary>
/// <param name="SequenceNumber">Its place on the command stream.</param>
/// <param name="ArrivedAt">When Kinesis took it, by its clock.</param>
/// <param name="Data">Its bytes, as they arrived.</param>
/// <param name="Refusal">Why an operator refused it; null where it waits to be decided.</param>
public sealed record ParkedRecord(
    Guid CommandId,
    string SequenceNumber,
    DateTimeOffset ArrivedAt,
    ReadOnlyMemory<byte> Data,
    string? Refusal = null);
