namespace ServerlessCqrs.Lambda;

/// <summary>One record of a Kinesis stream, as Lambda delivers it.</summary>
/// <param name="SequenceNumber">A decimal number that only BigInteger can hold. It grows within a shard.</param>
/// <param name="PartitionKey">The producer's key, which chose the shard.</param>
/// <param name="ShardId">For example shardId-000000000006.</param>
/// <param name="StreamArn">The record's stream.</param>
/// <param name="Data">The producer's bytes, decoded from base64. They are a part of the invocation's buffer, so copy
/// them to keep them.</param>
/// <param name="ArrivedAt">The approximate arrival time of Kinesis, in milliseconds.</param>
public sealed record KinesisRecord(
    string SequenceNumber,
    string PartitionKey,
    string ShardId,
    string StreamArn,
    ReadOnlyMemory<byte> Data,
    DateTimeOffset ArrivedAt);
