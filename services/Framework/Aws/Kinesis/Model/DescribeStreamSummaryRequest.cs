namespace Amazon.Kinesis.Model;

public sealed class DescribeStreamSummaryRequest : AmazonKinesisRequest
{
    public string? StreamName { get; set; }

    public string? StreamARN { get; set; }
}
