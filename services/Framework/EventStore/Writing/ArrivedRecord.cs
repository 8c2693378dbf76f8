namespace ServerlessCqrs.EventStore.Writing;

/// <summary>One record of the command stream, in the order of its shard.</summary>
/// <param name="ArrivedAt">The time at which Kinesis accepted it, by the clock of Kinesis. It is the same on every
/// delivery.</param>
public sealed record ArrivedRecord(
    string SequenceNumber,
    string PartitionKey,
    DateTimeOffset ArrivedAt,
    ReadOnlyMemory<byte> Data);
