using System.Buffers;
using System.Text.Json;
using Amazon.SQS.Model;

namespace ServerlessCqrs.LocalRuntime.Lambda;

/// <summary>Lambda's SQS event (https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html).</summary>
internal static class SqsEventJson
{
    public static ReadOnlyMemory<byte> Write(IReadOnlyList<Message> messages, string queueArn, string region)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartArray("Records"u8);
            foreach (var message in messages)
                Write(json, message, queueArn, region);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    private static void Write(Utf8JsonWriter json, Message message, string queueArn, string region)
    {
        json.WriteStartObject();
        json.WriteString("messageId"u8, message.MessageId);
        json.WriteString("receiptHandle"u8, message.ReceiptHandle);
        json.WriteString("body"u8, message.Body);
        json.WriteStartObject("attributes"u8);
        foreach (var (name, value) in message.Attributes ?? [])
            json.WriteString(name, value);
        json.WriteEndObject();
        json.WriteStartObject("messageAttributes"u8);
        foreach (var (name, value) in message.MessageAttributes ?? [])
            Write(json, name, value);
        json.WriteEndObject();
        json.WriteString("md5OfBody"u8, message.MD5OfBody);
        json.WriteString("eventSource"u8, "aws:sqs"u8);
        json.WriteString("eventSourceARN"u8, queueArn);
        json.WriteString("awsRegion"u8, region);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, MessageAttributeValue value)
    {
        json.WriteStartObject(name);
        if (value.StringValue is not null)
            json.WriteString("stringValue"u8, value.StringValue);
        if (value.BinaryValue is { } binary)
            json.WriteBase64String("binaryValue"u8, binary.ToArray());
        json.WriteStartArray("stringListValues"u8);
        json.WriteEndArray();
        json.WriteStartArray("binaryListValues"u8);
        json.WriteEndArray();
        json.WriteString("dataType"u8, value.DataType);
        json.WriteEndObject();
    }
}
