using System.Text.Json;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Tips;

/// <summary>
/// Writes outcomes and ring entries of a tip in as few bytes as possible. It omits null values, and the stream, which
/// the item names.
/// </summary>
internal static class OutcomeJson
{
    // Names and punctuation take 172 bytes, three ids 108, the status 9, and three numbers at most 57.
    private const int FixedBytes = 360;

    public static void Write(Utf8JsonWriter json, CommandOutcome outcome)
    {
        json.WriteStartObject();
        json.WriteString("id", outcome.CommandId);
        if (outcome.KeyId is { } key) json.WriteString("key", key);
        json.WriteString("type", outcome.CommandType);
        json.WriteString("status", NameOf(outcome.Status));
        json.WriteNumber("version", outcome.Version);
        if (outcome.Events.Count > 0)
        {
            json.WriteStartArray("events");
            foreach (var name in outcome.Events) json.WriteStringValue(name);
            json.WriteEndArray();
        }

        if (outcome.Code is { } code) json.WriteString("code", code);
        if (outcome.Reason is { } reason) json.WriteString("reason", reason);
        if (outcome.CommandData is { } data) json.WriteString("data", data);
        json.WriteString("actor", outcome.Actor.Id);
        json.WriteString("role", outcome.Actor.Role);
        json.WriteNumber("at", outcome.At.ToUnixTimeMilliseconds());
        json.WriteNumber("issued", outcome.IssuedAt.ToUnixTimeMilliseconds());
        if (outcome.CorrelationId is { } correlation) json.WriteString("correlation", correlation);
        if (outcome.CausationId is { } cause) json.WriteString("cause", cause);
        json.WriteEndObject();
    }

    /// <summary>
    /// Returns an upper bound of the bytes that <see cref="Write(Utf8JsonWriter, CommandOutcome)"/> writes.
    /// </summary>
    public static int BytesOf(CommandOutcome outcome)
    {
        var bytes = FixedBytes + TextBytes(outcome.CommandType) + TextBytes(outcome.Code) + TextBytes(outcome.Reason) + TextBytes(outcome.CommandData);
        foreach (var name in outcome.Events) bytes += name.Length + 3;
        return bytes + TextBytes(outcome.Actor.Id) + TextBytes(outcome.Actor.Role) + TextBytes(outcome.CorrelationId);
    }

    private static int TextBytes(string? text) => text is null ? 0 : PlainJson.BytesOf(text);

    public static CommandOutcome Read(StreamId stream, JsonElement json) => new(
        stream,
        json.GetProperty("id"u8).GetGuid(),
        Id(json, "key"u8),
        EventJson.Text(json, "type"u8),
        StatusOf(json.GetProperty("status"u8).GetString()),
        json.GetProperty("version"u8).GetInt64(),
        json.TryGetProperty("events"u8, out var events) ? [.. events.EnumerateArray().Select(name => name.GetString() ?? throw new FormatException("It is null."))] : [],
        Text(json, "code"u8),
        Text(json, "reason"u8),
        Text(json, "data"u8),
        new Actor(EventJson.Text(json, "actor"u8), EventJson.Text(json, "role"u8)),
        Time(json, "at"u8),
        Time(json, "issued"u8),
        Text(json, "correlation"u8),
        Id(json, "cause"u8));

    public static void Write(Utf8JsonWriter json, RingEntry entry)
    {
        json.WriteStartObject();
        json.WriteString("id", entry.CommandId);
        if (entry.KeyId is { } key) json.WriteString("key", key);
        json.WriteString("status", NameOf(entry.Status));
        if (entry.Code is { } code) json.WriteString("code", code);
        json.WriteNumber("version", entry.Version);
        json.WriteNumber("issued", entry.IssuedAt.ToUnixTimeMilliseconds());
        json.WriteEndObject();
    }

    public static RingEntry ReadEntry(JsonElement json) => new(
        json.GetProperty("id"u8).GetGuid(),
        Id(json, "key"u8),
        StatusOf(json.GetProperty("status"u8).GetString()),
        Text(json, "code"u8),
        json.GetProperty("version"u8).GetInt64(),
        Time(json, "issued"u8));

    private static Guid? Id(JsonElement json, ReadOnlySpan<byte> name) => json.TryGetProperty(name, out var id) ? id.GetGuid() : null;

    private static string? Text(JsonElement json, ReadOnlySpan<byte> name) => json.TryGetProperty(name, out var text) ? text.GetString() : null;

    private static DateTimeOffset Time(JsonElement json, ReadOnlySpan<byte> name) => DateTimeOffset.FromUnixTimeMilliseconds(json.GetProperty(name).GetInt64());

    private static string NameOf(CommandStatus status) => status switch
    {
        CommandStatus.Applied => "applied",
        CommandStatus.Unchanged => "unchanged",
        CommandStatus.Refused => "refused",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "No such status."),
    };

    private static CommandStatus StatusOf(string? name) => name switch
    {
        "applied" => CommandStatus.Applied,
        "unchanged" => CommandStatus.Unchanged,
        "refused" => CommandStatus.Refused,
        _ => throw new FormatException($"'{name}' is no status."),
    };
}
