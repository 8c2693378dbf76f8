namespace Amazon.Kinesis.Model;

/// <summary>An inclusive range of 128-bit integers as decimal text.</summary>
public sealed class HashKeyRange
{
    public string? StartingHashKey { get; set; }

    public string? EndingHashKey { get; set; }
}
