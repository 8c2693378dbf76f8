namespace Amazon.Kinesis.Model;

public sealed class PutRecordsRequestEntry
{
    public MemoryStream? Data { get; set; }

    public string? PartitionKey { get; set; }

    public string? ExplicitHashKey { get; set; }
}
