namespace Amazon.Kinesis.Model;

public sealed class CreateStreamRequest : AmazonKinesisRequest
{
    public string? StreamName { get; set; }

    public int? ShardCount { get; set; }

    public StreamModeDetails? StreamModeDetails { get; set; }

    public Dictionary<string, string>? Tags { get; set; }
}
