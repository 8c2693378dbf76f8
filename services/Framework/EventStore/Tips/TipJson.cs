using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Tips;

/// <summary>
/// A tip as JSON. Releases up to 7d5ba1d wrote it, and the first step of a rolling release still does (see <see
/// cref="TipBody"/>).
/// </summary>
public static class TipJson
{
    internal static StreamTip Read(WireContracts contracts, StreamId stream, long version, SourcePosition position, ReadOnlyMemory<byte> content)
    {
        using var json = JsonDocument.Parse(content);
        var root = json.RootElement;
        return new StreamTip(
            stream,
            version,
            root.GetProperty("shape"u8).GetInt32(),
            root.GetProperty("state"u8).GetRawText(),
            position,
            Time(root.GetProperty("lastAt"u8)),
            new Commit(
                [.. root.GetProperty("events"u8).EnumerateArray().Select(e => EventJson.Read(contracts, e))],
                [.. root.GetProperty("outcomes"u8).EnumerateArray().Select(outcome => OutcomeJson.Read(stream, outcome))]),
            new OutcomeRing(
                [.. root.GetProperty("ring"u8).EnumerateArray().Select(OutcomeJson.ReadEntry)],
                root.TryGetProperty("evictedThrough"u8, out var evicted) ? Time(evicted) : null))
        {
            Parked = root.TryGetProperty("parked"u8, out var parked) ? [.. parked.EnumerateArray().Select(ReadParked)] : [],
            IsResumed = root.TryGetProperty("resumed"u8, out var resumed) && resumed.GetBoolean(),
            IsJson = true,
        };
    }

    internal static void Write(Utf8JsonWriter json, StreamTip tip)
    {
        json.WriteStartObject();
        json.WriteNumber("shape", tip.StateShape);
        json.WritePropertyName("state");
        json.WriteRawValue(tip.StateUtf8.Span, skipInputValidation: true);
        json.WriteNumber("lastAt", tip.LastAt.ToUnixTimeMilliseconds());
        json.WriteStartArray("events");
        foreach (var e in tip.Newest.Events) EventJson.Write(json, e);
        json.WriteEndArray();
        json.WriteStartArray("outcomes");
        foreach (var outcome in tip.Newest.Outcomes) OutcomeJson.Write(json, outcome);
        json.WriteEndArray();
        json.WriteStartArray("ring");
        foreach (var entry in tip.Ring.Entries) OutcomeJson.Write(json, entry);
        json.WriteEndArray();
        if (tip.Ring.EvictedThrough is { } evicted) json.WriteNumber("evictedThrough", evicted.ToUnixTimeMilliseconds());
        if (tip.IsResumed) json.WriteBoolean("resumed", true);
        if (tip.Parked.Count > 0)
        {
            json.WriteStartArray("parked");
            foreach (var record in tip.Parked) Write(json, record);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ParkedRecord record)
    {
        json.WriteStartObject();
        json.WriteString("id", record.CommandId);
        json.WriteString("sequence", record.SequenceNumber);
        json.WriteNumber("arrived", record.ArrivedAt.ToUnixTimeMilliseconds());
        // Text packs well. Bytes that are not valid text must stay unchanged.
        if (Utf8.IsValid(record.Data.Span)) json.WriteString("data", record.Data.Span);
        else json.WriteBase64String("bytes", record.Data.Span);
        if (record.Refusal is { } refusal) json.WriteString("refusal", refusal);
        json.WriteEndObject();
    }

    private static ParkedRecord ReadParked(JsonElement json) => new(
        json.GetProperty("id"u8).GetGuid(),
        EventJson.Text(json, "sequence"u8),
        Time(json.GetProperty("arrived"u8)),
        json.TryGetProperty("data"u8, out var text) ? Encoding.UTF8.GetBytes(text.GetString()!) : json.GetProperty("bytes"u8).GetBytesFromBase64(),
        json.TryGetProperty("refusal"u8, out var refusal) ? refusal.GetString() : null);

    private static DateTimeOffset Time(JsonElement json) => DateTimeOffset.FromUnixTimeMilliseconds(json.GetInt64());
}
