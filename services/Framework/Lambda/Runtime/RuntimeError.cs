using System.Buffers;
using System.Text.Json;

namespace ServerlessCqrs.Lambda;

/// <summary>A failure in the format of the Runtime API.</summary>
internal sealed record RuntimeError(
    string Type,
    string Message,
    string? StackTrace)
{
    /// <summary>Further lines add nothing, and Lambda truncates long errors itself.</summary>
    private const int MaxStackLines = 50;

    public static RuntimeError Of(Exception e) => new(e.GetType().Name, e.Message, e.StackTrace);

    public ReadOnlyMemory<byte> ToJson()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("errorMessage"u8, Message);
            json.WriteString("errorType"u8, Type);
            json.WriteStartArray("stackTrace"u8);
            foreach (var line in (StackTrace ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Take(MaxStackLines))
                json.WriteStringValue(line);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }
}
