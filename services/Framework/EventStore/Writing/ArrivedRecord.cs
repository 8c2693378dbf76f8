namespace ServerlessCqrs.EventStore.Writing;

/// <summary>One record of the command stream, in the order its shard gave it.</summary>
/// <param name="ArrivedAt">When Kinesis took it, by its clock: the same on every delivery.</param>
public sealed record ArrivedRecord(
    string SequenceNumber,
    string PartitionKey,
    DateTimeOffset ArrivedAt,
    ReadOnlyMemory<byte> Data);
