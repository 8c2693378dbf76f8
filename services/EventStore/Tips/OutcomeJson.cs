using System.Text.Json;
using ServerlessCqrs.Shop;

namespace ServerlessCqrs.EventStore.Tips;

/// <summary>Outcomes and ring entries in a tip's body, in as few bytes as their readers allow: what is null is left out, and so is the stream, which the item names.</summary>
internal static class OutcomeJson
{
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

    public static CommandOutcome Read(StreamId stream, JsonElement json) => new(
        stream,
        json.GetProperty("id").GetGuid(),
        Id(json, "key"),
        json.GetProperty("type").GetString()!,
        StatusOf(json.GetProperty("status").GetString()),
        json.GetProperty("version").GetInt64(),
        json.TryGetProperty("events", out var events) ? [.. events.EnumerateArray().Select(name => name.GetString()!)] : [],
        Text(json, "code"),
        Text(json, "reason"),
        Text(json, "data"),
        new Actor(json.GetProperty("actor").GetString()!, json.GetProperty("role").GetString()!),
        Time(json, "at"),
        Time(json, "issued"),
        Text(json, "correlation"),
        Id(json, "cause"));

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
        json.GetProperty("id").GetGuid(),
        Id(json, "key"),
        StatusOf(json.GetProperty("status").GetString()),
        Text(json, "code"),
        json.GetProperty("version").GetInt64(),
        Time(json, "issued"));

    private static Guid? Id(JsonElement json, string name) => json.TryGetProperty(name, out var id) ? id.GetGuid() : null;

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var text) ? text.GetString() : null;

    private static DateTimeOffset Time(JsonElement json, string name) => DateTimeOffset.FromUnixTimeMilliseconds(json.GetProperty(name).GetInt64());

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
