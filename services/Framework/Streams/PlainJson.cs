using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace ServerlessCqrs.Streams;

/// <summary>
/// Writes JSON in as few bytes as its content needs. Every store limits bytes, so all stored, sent and returned JSON
/// uses this class.
/// </summary>
public static class PlainJson
{
    // Larger buffers are not reused between calls.
    private const int KeptBytes = 256 * 1024;

    // These take one more byte each.
    private static readonly SearchValues<byte> Escaped = SearchValues.Create("\"\\\n\r\t"u8);

    // These are escaped by their number: control characters, U+FFFE and U+FFFF. The last value is the first byte of the
    // latter two.
    private static readonly SearchValues<byte> Rare = SearchValues.Create([.. Enumerable.Range(0, ' ').Select(c => (byte)c).Where(c => !Escaped.Contains(c)), 0xEF]);

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? _writer;

    /// <summary>Escapes only what JSON, and the queues that carry it, require.</summary>
    public static JavaScriptEncoder Encoder { get; } = new PlainJsonEncoder();

    /// <summary>Options for writers of JSON.</summary>
    public static JsonWriterOptions Writing { get; } = new() { Encoder = Encoder };

    /// <summary>
    /// Returns a context's options with <see cref="Encoder"/>, for a second instance of that context.
    /// </summary>
    public static JsonSerializerOptions OptionsOf(JsonSerializerContext context) => new(context.Options) { Encoder = Encoder };

    // A writer keeps the fast path of generated contexts. Options with their own encoder lose it.
    public static string Write<T>(T value, JsonTypeInfo<T> type)
    {
        var (buffer, writer) = Take();
        JsonSerializer.Serialize(writer, value, type);
        var text = Encoding.UTF8.GetString(buffer.WrittenSpan);
        Keep(buffer, writer);
        return text;
    }

    /// <param name="type">The type of the value.</param>
    public static string Write(object value, JsonTypeInfo type)
    {
        var (buffer, writer) = Take();
        JsonSerializer.Serialize(writer, value, type);
        var text = Encoding.UTF8.GetString(buffer.WrittenSpan);
        Keep(buffer, writer);
        return text;
    }

    public static byte[] WriteUtf8<T>(T value, JsonTypeInfo<T> type)
    {
        var (buffer, writer) = Take();
        JsonSerializer.Serialize(writer, value, type);
        var utf8 = buffer.WrittenSpan.ToArray();
        Keep(buffer, writer);
        return utf8;
    }

    /// <summary>Returns the bytes that a text takes between its quotes, in UTF-8.</summary>
    public static int BytesOf(string text)
    {
        var escapes = 0;
        foreach (var c in text)
        {
            if (c is '"' or '\\' or '\n' or '\r' or '\t') escapes += 1;
            else if (c < ' ') escapes += 5;
            else if (c >= '\uFFFE') escapes += 3;
        }

        return Encoding.UTF8.GetByteCount(text) + escapes;
    }

    /// <inheritdoc cref="BytesOf(string)"/>
    /// <param name="utf8">The text in UTF-8.</param>
    public static int BytesOf(ReadOnlySpan<byte> utf8)
    {
        var bytes = utf8.Length + utf8.CountAny(Escaped);
        if (!utf8.ContainsAny(Rare)) return bytes;
        for (var i = 0; i < utf8.Length; i++)
        {
            if (utf8[i] < ' ' && !Escaped.Contains(utf8[i])) bytes += 5;
            else if (utf8[i..] is [0xEF, 0xBF, >= 0xBE, ..]) bytes += 3;
        }

        return bytes;
    }

    private static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Writer) Take()
    {
        var (buffer, writer) = (_buffer, _writer);
        // A converter may write another text in between.
        (_buffer, _writer) = (null, null);
        buffer ??= new ArrayBufferWriter<byte>(1024);
        return (buffer, writer ?? new Utf8JsonWriter(buffer, Writing));
    }

    private static void Keep(ArrayBufferWriter<byte> buffer, Utf8JsonWriter writer)
    {
        if (buffer.Capacity > KeptBytes) return;
        buffer.ResetWrittenCount();
        writer.Reset();
        (_buffer, _writer) = (buffer, writer);
    }
}
