using System.Text;
using System.Text.Json;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Publishing;

/// <summary>
/// One message from the write side to its subscribers, with events or hints (<c>{"events":[…],"hints":[…]}</c>). A hint
/// says that a stream has reached a version. Its receiver reads the stream.
/// </summary>
public sealed record EventMessage(
    IReadOnlyList<EventRecord> Events,
    IReadOnlyList<StreamHint> Hints)
{
    /// <inheritdoc cref="StoreLimits.Message"/>
    public const int MaxBytes = StoreLimits.Message;

    /// <exception cref="FormatException">The text is not such a message.</exception>
    public static EventMessage Parse(WireContracts contracts, string body)
    {
        try
        {
            using var parsed = JsonDocument.Parse(body);
            return new EventMessage(
                parsed.RootElement.TryGetProperty("events", out var events) ? [.. events.EnumerateArray().Select(json => EventJson.Read(contracts, json))] : [],
                parsed.RootElement.TryGetProperty("hints", out var hints) ? [.. hints.EnumerateArray().Select(StreamHint.Read)] : []);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            throw new FormatException($"Not a message of events: {e.Message}", e);
        }
    }

    /// <summary>Returns the body of a message with these events and hints, of any size.</summary>
    public static string Write(IReadOnlyList<EventRecord> events, IReadOnlyList<StreamHint> hints)
    {
        using var buffer = new MemoryStream(512);
        using (var json = new Utf8JsonWriter(buffer, PlainJson.Writing))
        {
            json.WriteStartObject();
            json.WriteStartArray("events");
            foreach (var e in events) EventJson.Write(json, e);
            json.WriteEndArray();
            if (hints.Count > 0)
            {
                json.WriteStartArray("hints");
                foreach (var hint in hints) hint.Write(json);
                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }
}

/// <summary>Says that a stream has reached <paramref name="Version"/>.</summary>
/// <param name="Rebuild">True to write an item again, even if its version is as high as the fold's.</param>
/// <param name="Model">The name of the read model that the hint is for, or null for all.</param>
public sealed record StreamHint(
    StreamId Stream,
    long Version,
    bool Rebuild = false,
    string? Model = null)
{
    internal void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("stream", Stream.ToString());
        json.WriteNumber("version", Version);
        if (Rebuild) json.WriteBoolean("rebuild", true);
        if (Model is not null) json.WriteString("model", Model);
        json.WriteEndObject();
    }

    internal static StreamHint Read(JsonElement json) => new(
        StreamId.Parse(EventJson.Text(json, "stream"u8)),
        json.GetProperty("version").GetInt64(),
        json.TryGetProperty("rebuild", out var rebuild) && rebuild.GetBoolean(),
        json.TryGetProperty("model", out var model) ? model.GetString() : null);
}
