namespace Amazon.Kinesis.Model;

public sealed class PutRecordsRequest : AmazonKinesisRequest
{
    public string? StreamName { get; set; }

    public string? StreamARN { get; set; }

    public List<PutRecordsRequestEntry>? Records { get; set; }
}
