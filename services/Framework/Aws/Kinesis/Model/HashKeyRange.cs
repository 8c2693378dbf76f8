namespace Amazon.Kinesis.Model;

/// <summary>Both ends belong to it; 128-bit integers as decimal text.</summary>
public sealed class HashKeyRange
{
    public string? StartingHashKey { get; set; }

    public string? EndingHashKey { get; set; }
}
