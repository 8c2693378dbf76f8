using System.Text;
using System.Text.Json;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore;

/// <summary>
/// The JSON of an event record, the same in tips and messages. It embeds the event's own JSON unescaped.
/// </summary>
internal static class EventJson
{
    // Names and punctuation take 113 bytes, two ids 72, and three numbers at most 51.
    private const int FixedBytes = 240;

    // Encoded once, because every event needs them.
    private static readonly JsonEncodedText StreamName = JsonEncodedText.Encode("stream");
    private static readonly JsonEncodedText VersionName = JsonEncodedText.Encode("version");
    private static readonly JsonEncodedText IdName = JsonEncodedText.Encode("id");
    private static readonly JsonEncodedText TypeName = JsonEncodedText.Encode("type");
    private static readonly JsonEncodedText TypeVersionName = JsonEncodedText.Encode("typeVersion");
    private static readonly JsonEncodedText DataName = JsonEncodedText.Encode("data");
    private static readonly JsonEncodedText CommandName = JsonEncodedText.Encode("command");
    private static readonly JsonEncodedText ActorName = JsonEncodedText.Encode("actor");
    private static readonly JsonEncodedText RoleName = JsonEncodedText.Encode("role");
    private static readonly JsonEncodedText AtName = JsonEncodedText.Encode("at");

    public static void Write(Utf8JsonWriter json, EventRecord e)
    {
        json.WriteStartObject();
        json.WriteString(StreamName, e.Stream.ToString());
        json.WriteNumber(VersionName, e.Version);
        json.WriteString(IdName, e.EventId);
        json.WriteString(TypeName, e.Type);
        json.WriteNumber(TypeVersionName, e.TypeVersion);
        json.WritePropertyName(DataName);
        json.WriteRawValue(e.Data, skipInputValidation: true);
        json.WriteString(CommandName, e.CommandId);
        json.WriteString(ActorName, e.Actor.Id);
        json.WriteString(RoleName, e.Actor.Role);
        json.WriteNumber(AtName, e.At.ToUnixTimeMilliseconds());
        json.WriteEndObject();
    }

    /// <summary>Returns an upper bound of the bytes that <see cref="Write"/> writes.</summary>
    public static int BytesOf(EventRecord e) =>
        FixedBytes + e.Stream.ToString().Length + e.Type.Length + Encoding.UTF8.GetByteCount(e.Data) + PlainJson.BytesOf(e.Actor.Id) + PlainJson.BytesOf(e.Actor.Role);

    /// <exception cref="FormatException">A field is invalid. The JSON reader's other exceptions mean the
    /// same.</exception>
    public static EventRecord Read(WireContracts contracts, JsonElement json) => new(
        contracts,
        StreamId.Parse(Text(json, "stream"u8)),
        json.GetProperty("version"u8).GetInt64(),
        json.GetProperty("id"u8).GetGuid(),
        Text(json, "type"u8),
        json.GetProperty("typeVersion"u8).GetInt32(),
        json.GetProperty("data"u8).GetRawText(),
        json.GetProperty("command"u8).GetGuid(),
        new Actor(Text(json, "actor"u8), Text(json, "role"u8)),
        DateTimeOffset.FromUnixTimeMilliseconds(json.GetProperty("at"u8).GetInt64()));

    /// <summary>Returns the value of a required text property.</summary>
    public static string Text(JsonElement json, ReadOnlySpan<byte> name) =>
        json.GetProperty(name).GetString() ?? throw new FormatException($"'{Encoding.UTF8.GetString(name)}' is null.");
}
