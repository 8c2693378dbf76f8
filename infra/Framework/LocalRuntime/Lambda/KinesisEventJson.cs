using System.Buffers;
using System.Text.Json;

namespace ServerlessCqrs.LocalRuntime.Lambda;

/// <summary>Lambda's Kinesis event (https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html).</summary>
internal static class KinesisEventJson
{
    public static ReadOnlyMemory<byte> Write(IReadOnlyList<StreamRecord> records, string shardId, string streamArn, string region)
    {
        var buffer = new ArrayBufferWriter<byte>(records.Sum(record => record.EventBytes) + 64);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartArray("Records"u8);
            foreach (var record in records)
                Write(json, record, shardId, streamArn, region);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    private static void Write(Utf8JsonWriter json, StreamRecord record, string shardId, string streamArn, string region)
    {
        json.WriteStartObject();
        json.WriteStartObject("kinesis"u8);
        json.WriteString("kinesisSchemaVersion"u8, "1.0"u8);
        json.WriteString("partitionKey"u8, record.PartitionKey);
        json.WriteString("sequenceNumber"u8, record.SequenceNumber);
        json.WriteBase64String("data"u8, record.Data);
        json.WriteNumber("approximateArrivalTimestamp"u8, record.ArrivedAt.ToUnixTimeMilliseconds() / 1000m);
        json.WriteEndObject();
        json.WriteString("eventSource"u8, "aws:kinesis"u8);
        json.WriteString("eventVersion"u8, "1.0"u8);
        json.WriteString("eventID"u8, $"{shardId}:{record.SequenceNumber}");
        json.WriteString("eventName"u8, "aws:kinesis:record"u8);
        json.WriteString("invokeIdentityArn"u8, "arn:aws:iam::123456789012:role/local"u8);
        json.WriteString("awsRegion"u8, region);
        json.WriteString("eventSourceARN"u8, streamArn);
        json.WriteEndObject();
    }
}
