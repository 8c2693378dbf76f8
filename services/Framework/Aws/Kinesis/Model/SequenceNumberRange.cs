namespace Amazon.Kinesis.Model;

/// <summary>An open shard has no end.</summary>
public sealed class SequenceNumberRange
{
    public string? StartingSequenceNumber { get; set; }

    public string? EndingSequenceNumber { get; set; }
}
