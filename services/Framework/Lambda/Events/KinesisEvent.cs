using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;

namespace ServerlessCqrs.Lambda;

/// <summary>
/// Reads Lambda's Kinesis event. It decodes the records' data in place, in the payload's buffer. A full event is 6 MB,
/// and copying it would be most of a function's allocations.
/// </summary>
internal static class KinesisEvent
{
    /// <summary>Reads the records in order. It overwrites the payload, which then belongs to the records.</summary>
    public static List<KinesisRecord> Read(byte[] payload)
    {
        var reader = new Utf8JsonReader(payload);
        var records = new List<KinesisRecord>();
        KinesisRecord? before = null;
        EventReader.ReadToRecords(ref reader);
        while (EventReader.ReadRecord(ref reader)) records.Add(before = ReadRecord(ref reader, payload, before));
        return records;
    }

    private static KinesisRecord ReadRecord(ref Utf8JsonReader reader, byte[] payload, KinesisRecord? before)
    {
        string? shard = null, stream = null;
        Inner? inner = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("kinesis"u8))
            {
                reader.Read();
                inner = ReadInner(ref reader, payload);
            }
            else if (reader.ValueTextEquals("eventID"u8))
            {
                reader.Read();
                shard = ShardOf(ref reader, before?.ShardId);
            }
            else if (reader.ValueTextEquals("eventSourceARN"u8))
            {
                reader.Read();
                stream = EventReader.Shared(ref reader, before?.StreamArn);
            }
            else if (reader.ValueTextEquals("eventSource"u8))
            {
                reader.Read();
                EventReader.RequireSource(ref reader, "aws:kinesis"u8);
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        var (sequenceNumber, partitionKey, data, arrivedAt) = EventReader.Required(inner, "kinesis");
        return new(
            EventReader.Required(sequenceNumber, "sequenceNumber"),
            EventReader.Required(partitionKey, "partitionKey"),
            EventReader.Required(shard, "eventID"),
            EventReader.Required(stream, "eventSourceARN"),
            EventReader.Required(data, "data"),
            EventReader.Required(arrivedAt, "approximateArrivalTimestamp"));
    }

    private static Inner ReadInner(ref Utf8JsonReader reader, byte[] payload)
    {
        EventReader.RequireObject(ref reader, "kinesis");
        var inner = default(Inner);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("sequenceNumber"u8))
            {
                reader.Read();
                inner.SequenceNumber = reader.GetString();
            }
            else if (reader.ValueTextEquals("partitionKey"u8))
            {
                reader.Read();
                inner.PartitionKey = reader.GetString();
            }
            else if (reader.ValueTextEquals("data"u8))
            {
                reader.Read();
                inner.Data = DecodeInPlace(ref reader, payload);
            }
            else if (reader.ValueTextEquals("approximateArrivalTimestamp"u8))
            {
                reader.Read();
                // Seconds with a fraction, e.g. 1545084650.987. A decimal keeps the milliseconds exact.
                inner.ArrivedAt = DateTimeOffset.FromUnixTimeMilliseconds((long)(reader.GetDecimal() * 1000));
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        return inner;
    }

    /// <summary>An event id consists of the shard's id, a colon and the sequence number.</summary>
    private static string ShardOf(ref Utf8JsonReader reader, string? before)
    {
        var id = reader.ValueIsEscaped ? throw new UnknownEventException("An eventID is escaped.") : reader.ValueSpan;
        var colon = id.IndexOf((byte)':');
        if (colon < 0) throw new UnknownEventException("An eventID names no shard.");
        var shard = id[..colon];
        return before is not null && System.Text.Ascii.Equals(shard, before) ? before : System.Text.Encoding.UTF8.GetString(shard);
    }

    private static ReadOnlyMemory<byte> DecodeInPlace(ref Utf8JsonReader reader, byte[] payload)
    {
        if (reader.TokenType != JsonTokenType.String) throw new UnknownEventException("A record's data is not a string.");
        if (reader.ValueIsEscaped) return reader.GetBytesFromBase64();
        var encoded = payload.AsSpan((int)reader.TokenStartIndex + 1, reader.ValueSpan.Length);
        return Base64.DecodeFromUtf8InPlace(encoded, out var length) == OperationStatus.Done
            ? payload.AsMemory((int)reader.TokenStartIndex + 1, length)
            : throw new UnknownEventException("A record's data is not base64.");
    }

    private record struct Inner(string? SequenceNumber, string? PartitionKey, ReadOnlyMemory<byte>? Data, DateTimeOffset? ArrivedAt);
}
