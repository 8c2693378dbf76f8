using System.Text.Json;

namespace ServerlessCqrs.Lambda;

/// <summary>The kinds of events that this host supports.</summary>
internal enum EventKind
{
    Unknown,
    HttpApi,
    Kinesis,
    Sqs,
    Scheduled,
    WebSocket,
}

/// <summary>Recognizes an event's kind by its shape, and reads as little as possible.</summary>
internal static class EventKinds
{
    public static EventKind Of(ReadOnlySpan<byte> payload)
    {
        var reader = new Utf8JsonReader(payload);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return EventKind.Unknown;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("Records"u8)) return OfFirstRecord(ref reader);
            if (reader.ValueTextEquals("requestContext"u8)) return OfContext(ref reader);
            if (reader.ValueTextEquals("source"u8))
            {
                reader.Read();
                return reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("aws.events"u8) ? EventKind.Scheduled : EventKind.Unknown;
            }

            reader.Read();
            reader.Skip();
        }

        return EventKind.Unknown;
    }

    private static EventKind OfFirstRecord(ref Utf8JsonReader reader)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray || !reader.Read()) return EventKind.Unknown;
        return !Find(ref reader, "eventSource"u8) || reader.TokenType != JsonTokenType.String ? EventKind.Unknown
            : reader.ValueTextEquals("aws:kinesis"u8) ? EventKind.Kinesis
            : reader.ValueTextEquals("aws:sqs"u8) ? EventKind.Sqs
            : EventKind.Unknown;
    }

    private static EventKind OfContext(ref Utf8JsonReader reader)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return EventKind.Unknown;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("http"u8)) return EventKind.HttpApi;
            if (reader.ValueTextEquals("connectionId"u8)) return EventKind.WebSocket;
            reader.Read();
            reader.Skip();
        }

        return EventKind.Unknown;
    }

    /// <summary>
    /// Moves the reader to the property's value, and returns false if the object has no such property.
    /// </summary>
    private static bool Find(ref Utf8JsonReader reader, ReadOnlySpan<byte> name)
    {
        if (reader.TokenType != JsonTokenType.StartObject) return false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var found = reader.ValueTextEquals(name);
            reader.Read();
            if (found) return true;
            reader.Skip();
        }

        return false;
    }
}
