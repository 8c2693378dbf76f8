using System.Text.Json;

namespace ServerlessCqrs.Lambda;

/// <summary>
/// Shared by the readers of batches: iterates over <c>{"Records": [{…}, …]}</c>, and checks required values.
/// </summary>
internal static class EventReader
{
    /// <summary>Moves the reader to the start of the array.</summary>
    public static void ReadToRecords(ref Utf8JsonReader reader)
    {
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var found = reader.ValueTextEquals("Records"u8);
            reader.Read();
            if (found && reader.TokenType == JsonTokenType.StartArray) return;
            reader.Skip();
        }

        throw new UnknownEventException("The event has no Records.");
    }

    /// <summary>Moves the reader to the start of the next record, and returns false at the end.</summary>
    public static bool ReadRecord(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType switch
        {
            JsonTokenType.StartObject => true,
            JsonTokenType.EndArray => false,
            _ => throw new UnknownEventException($"A record is a {reader.TokenType}, not an object."),
        };
    }

    public static T Required<T>(T? value, string name) where T : class =>
        value ?? throw new UnknownEventException($"A record has no {name}.");

    public static T Required<T>(T? value, string name) where T : struct =>
        value ?? throw new UnknownEventException($"A record has no {name}.");

    /// <summary>
    /// Returns the token's text. Reuses the string of the record before if it is equal, because all records of a batch
    /// name one shard, stream or queue.
    /// </summary>
    public static string? Shared(ref Utf8JsonReader reader, string? before) =>
        before is not null && reader.TokenType == JsonTokenType.String && reader.ValueTextEquals(before) ? before : reader.GetString();

    public static void RequireObject(ref Utf8JsonReader reader, string name)
    {
        if (reader.TokenType != JsonTokenType.StartObject) throw new UnknownEventException($"A record's {name} is not an object.");
    }

    public static void RequireSource(ref Utf8JsonReader reader, ReadOnlySpan<byte> source)
    {
        if (reader.TokenType != JsonTokenType.String || !reader.ValueTextEquals(source))
            throw new UnknownEventException("The batch holds records of another source.");
    }
}
