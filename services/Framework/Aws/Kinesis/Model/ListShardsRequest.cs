namespace Amazon.Kinesis.Model;

/// <summary>For further pages, set only <see cref="NextToken"/> and not the stream.</summary>
public sealed class ListShardsRequest : AmazonKinesisRequest
{
    public string? StreamName { get; set; }

    public string? StreamARN { get; set; }

    public DateTime? StreamCreationTimestamp { get; set; }

    public string? ExclusiveStartShardId { get; set; }

    public int? MaxResults { get; set; }

    public string? NextToken { get; set; }
}
