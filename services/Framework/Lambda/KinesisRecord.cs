namespace ServerlessCqrs.Lambda;

/// <summary>One record of a Kinesis stream, as Lambda delivers it.</summary>
/// <param name="SequenceNumber">Decimal, too large for any integer type but BigInteger; grows within a shard.</param>
/// <param name="PartitionKey">The producer's key, which chose the shard.</param>
/// <param name="ShardId">For instance shardId-000000000006.</param>
/// <param name="StreamArn">The stream it came from.</param>
/// <param name="Data">The producer's bytes, decoded from base64. It lies within the invocation's buffer: copy it to keep it.</param>
/// <param name="ArrivedAt">Kinesis' approximate arrival time, to the millisecond.</param>
public sealed record KinesisRecord(
    string SequenceNumber,
    string PartitionKey,
    string ShardId,
    string StreamArn,
    ReadOnlyMemory<byte> Data,
    DateTimeOffset ArrivedAt);
