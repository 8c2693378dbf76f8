namespace Amazon.Kinesis.Model;

public sealed class GetRecordsRequest : AmazonKinesisRequest
{
    public string? ShardIterator { get; set; }

    public string? StreamARN { get; set; }

    public int? Limit { get; set; }
}
