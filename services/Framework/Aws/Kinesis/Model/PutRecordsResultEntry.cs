namespace Amazon.Kinesis.Model;

/// <summary>Either the record's position in a shard, or an error.</summary>
public sealed class PutRecordsResultEntry
{
    public string? SequenceNumber { get; set; }

    public string? ShardId { get; set; }

    public string? ErrorCode { get; set; }

    public string? ErrorMessage { get; set; }
}
