namespace ServerlessCqrs.LocalRuntime.Lambda;

/// <summary>A Kinesis record as a mapping holds it.</summary>
internal sealed record StreamRecord(
    string SequenceNumber,
    string PartitionKey,
    byte[] Data,
    DateTimeOffset ArrivedAt)
{
    /// <summary>What the event says around a record: names, ARN, sequence number, twice. Rather more than less.</summary>
    private const int Envelope = 600;

    /// <summary>Its part of the event, about: the data in base64.</summary>
    public int EventBytes => (Data.Length + 2) / 3 * 4 + PartitionKey.Length + Envelope;
}
