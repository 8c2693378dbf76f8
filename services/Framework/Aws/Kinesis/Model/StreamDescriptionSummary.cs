namespace Amazon.Kinesis.Model;

public sealed class StreamDescriptionSummary
{
    public string? StreamName { get; set; }

    public string? StreamARN { get; set; }

    public StreamStatus? StreamStatus { get; set; }

    public StreamModeDetails? StreamModeDetails { get; set; }

    public int? RetentionPeriodHours { get; set; }

    /// <summary>With the ARN, the identity of a stream: one deleted and created again has another. About a second's precision.</summary>
    public DateTime? StreamCreationTimestamp { get; set; }

    public EncryptionType? EncryptionType { get; set; }

    public string? KeyId { get; set; }

    public int? OpenShardCount { get; set; }

    public int? ConsumerCount { get; set; }
}
