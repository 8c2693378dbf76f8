using System.Text.Json;
using ServerlessCqrs.Shop;

namespace ServerlessCqrs.EventStore;

/// <summary>The JSON of an event record, the same in tips and messages. The event's own JSON stands in it as it is, not as an escaped text.</summary>
internal static class EventJson
{
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

    public static EventRecord Read(JsonElement json) => new(
        StreamId.Parse(json.GetProperty("stream"u8).GetString()!),
        json.GetProperty("version"u8).GetInt64(),
        json.GetProperty("id"u8).GetGuid(),
        json.GetProperty("type"u8).GetString()!,
        json.GetProperty("typeVersion"u8).GetInt32(),
        json.GetProperty("data"u8).GetRawText(),
        json.GetProperty("command"u8).GetGuid(),
        new Actor(json.GetProperty("actor"u8).GetString()!, json.GetProperty("role"u8).GetString()!),
        DateTimeOffset.FromUnixTimeMilliseconds(json.GetProperty("at"u8).GetInt64()));
}
