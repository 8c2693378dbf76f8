namespace ServerlessCqrs.LocalRuntime.Lambda;

/// <summary>A Kinesis record of a mapping.</summary>
internal sealed record StreamRecord(
    string SequenceNumber,
    string PartitionKey,
    byte[] Data,
    DateTimeOffset ArrivedAt)
{
    /// <summary>
    /// An upper estimate of the event's text around a record: names, ARN, and the sequence number twice.
    /// </summary>
    private const int Envelope = 600;

    /// <summary>The approximate size of the record in an event: its data in base64.</summary>
    public int EventBytes => (Data.Length + 2) / 3 * 4 + PartitionKey.Length + Envelope;
}
