namespace Amazon.Kinesis.Model;

public sealed class GetShardIteratorRequest : AmazonKinesisRequest
{
    public string? StreamName { get; set; }

    public string? StreamARN { get; set; }

    public string? ShardId { get; set; }

    public ShardIteratorType? ShardIteratorType { get; set; }

    public string? StartingSequenceNumber { get; set; }

    public DateTime? Timestamp { get; set; }
}
