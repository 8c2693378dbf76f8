using System.Text;
using System.Text.Json;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore;

/// <summary>The JSON of an event record, the same in tips and messages. The event's own JSON stands in it as it is, not as an escaped text.</summary>
internal static class EventJson
{
    // Names and punctuation take 113, two ids 72, three numbers at most 51.
    private const int FixedBytes = 240;

    public static void Write(Utf8JsonWriter json, EventRecord e)
    {
        json.WriteStartObject();
        json.WriteString("stream", e.Stream.ToString());
        json.WriteNumber("version", e.Version);
        json.WriteString("id", e.EventId);
        json.WriteString("type", e.Type);
        json.WriteNumber("typeVersion", e.TypeVersion);
        json.WritePropertyName("data");
        json.WriteRawValue(e.Data, skipInputValidation: true);
        json.WriteString("command", e.CommandId);
        json.WriteString("actor", e.Actor.Id);
        json.WriteString("role", e.Actor.Role);
        json.WriteNumber("at", e.At.ToUnixTimeMilliseconds());
        json.WriteEndObject();
    }

    /// <summary>At least the bytes that <see cref="Write"/> writes.</summary>
    public static int BytesOf(EventRecord e) =>
        FixedBytes + e.Stream.ToString().Length + e.Type.Length + Encoding.UTF8.GetByteCount(e.Data) + PlainJson.BytesOf(e.Actor.Id) + PlainJson.BytesOf(e.Actor.Role);

    /// <exception cref="FormatException">A field is not as it must be. Other exceptions of the JSON reader say the
    /// same.</exception>
    public static EventRecord Read(JsonElement json) => new(
        StreamId.Parse(Text(json, "stream"u8)),
        json.GetProperty("version"u8).GetInt64(),
        json.GetProperty("id"u8).GetGuid(),
        Text(json, "type"u8),
        json.GetProperty("typeVersion"u8).GetInt32(),
        json.GetProperty("data"u8).GetRawText(),
        json.GetProperty("command"u8).GetGuid(),
        new Actor(Text(json, "actor"u8), Text(json, "role"u8)),
        DateTimeOffset.FromUnixTimeMilliseconds(json.GetProperty("at"u8).GetInt64()));

    /// <summary>A required text.</summary>
    public static string Text(JsonElement json, ReadOnlySpan<byte> name) =>
        json.GetProperty(name).GetString() ?? throw new FormatException($"'{Encoding.UTF8.GetString(name)}' is null.");
}
