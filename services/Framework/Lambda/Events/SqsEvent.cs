using System.Globalization;
using System.Text.Json;

namespace ServerlessCqrs.Lambda;

/// <summary>Reads Lambda's SQS event.</summary>
internal static class SqsEvent
{
    private static readonly Dictionary<string, string> NoAttributes = [];

    public static List<SqsMessage> Read(ReadOnlySpan<byte> payload)
    {
        var reader = new Utf8JsonReader(payload);
        var messages = new List<SqsMessage>();
        SqsMessage? before = null;
        EventReader.ReadToRecords(ref reader);
        while (EventReader.ReadRecord(ref reader)) messages.Add(before = ReadMessage(ref reader, before));
        return messages;
    }

    private static SqsMessage ReadMessage(ref Utf8JsonReader reader, SqsMessage? before)
    {
        string? id = null, body = null, queue = null;
        var system = default(SystemAttributes);
        var attributes = NoAttributes;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("messageId"u8))
            {
                reader.Read();
                id = reader.GetString();
            }
            else if (reader.ValueTextEquals("body"u8))
            {
                reader.Read();
                body = reader.GetString();
            }
            else if (reader.ValueTextEquals("eventSourceARN"u8))
            {
                reader.Read();
                queue = EventReader.Shared(ref reader, before?.QueueArn);
            }
            else if (reader.ValueTextEquals("attributes"u8))
            {
                reader.Read();
                system = ReadSystemAttributes(ref reader);
            }
            else if (reader.ValueTextEquals("messageAttributes"u8))
            {
                reader.Read();
                attributes = ReadMessageAttributes(ref reader);
            }
            else if (reader.ValueTextEquals("eventSource"u8))
            {
                reader.Read();
                EventReader.RequireSource(ref reader, "aws:sqs"u8);
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        return new(
            EventReader.Required(id, "messageId"),
            EventReader.Required(body, "body"),
            EventReader.Required(system.ReceiveCount, "ApproximateReceiveCount"),
            EventReader.Required(system.SentAt, "SentTimestamp"),
            attributes,
            EventReader.Required(queue, "eventSourceARN"),
            system.Group);
    }

    private static SystemAttributes ReadSystemAttributes(ref Utf8JsonReader reader)
    {
        EventReader.RequireObject(ref reader, "attributes");
        var system = default(SystemAttributes);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("ApproximateReceiveCount"u8))
            {
                reader.Read();
                system.ReceiveCount = int.Parse(reader.GetString()!, CultureInfo.InvariantCulture);
            }
            else if (reader.ValueTextEquals("SentTimestamp"u8))
            {
                reader.Read();
                system.SentAt = DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(reader.GetString()!, CultureInfo.InvariantCulture));
            }
            else if (reader.ValueTextEquals("MessageGroupId"u8))
            {
                reader.Read();
                system.Group = reader.GetString();
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        return system;
    }

    private static Dictionary<string, string> ReadMessageAttributes(ref Utf8JsonReader reader)
    {
        EventReader.RequireObject(ref reader, "messageAttributes");
        var attributes = NoAttributes;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            if (ReadStringValue(ref reader) is not { } value) continue;
            if (ReferenceEquals(attributes, NoAttributes)) attributes = [];
            attributes[name] = value;
        }

        return attributes;
    }

    private static string? ReadStringValue(ref Utf8JsonReader reader)
    {
        EventReader.RequireObject(ref reader, "message attribute");
        string? value = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isValue = reader.ValueTextEquals("stringValue"u8);
            reader.Read();
            if (isValue) value = reader.GetString();
            else reader.Skip();
        }

        return value;
    }

    private record struct SystemAttributes(int? ReceiveCount, DateTimeOffset? SentAt, string? Group);
}
