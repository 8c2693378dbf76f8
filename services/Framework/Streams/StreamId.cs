using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ServerlessCqrs.Streams;

/// <summary>
/// Names one stream as <c>{category}-{key}</c>, for example <c>product-6579c22f-be2b-444c-a52b-0116dd82df6c</c>. The
/// category consists of lower-case letters and selects the decider. The key is one or two UUIDs joined by <c>-</c>, or
/// the subject of a person. An id has at most <see cref="MaxLength"/> characters: letters, digits and <c>-_.@|:~</c>.
/// <see cref="Subject.KeyOf"/> escapes other characters.
/// </summary>
[JsonConverter(typeof(Converter))]
public readonly record struct StreamId
{
    /// <summary>Kinesis allows 256 characters in a partition key, and a stream id is one.</summary>
    public const int MaxLength = 200;

    private readonly string? _value;

    private StreamId(string value) => _value = value;

    /// <summary>The part before the first <c>-</c>.</summary>
    public string Category => CategoryText.ToString();

    /// <summary>The part after the first <c>-</c>.</summary>
    public string Key => Value[(Value.IndexOf('-', StringComparison.Ordinal) + 1)..];

    /// <summary><see cref="Category"/> without a copy.</summary>
    internal ReadOnlySpan<char> CategoryText => Value.AsSpan(0, Value.IndexOf('-', StringComparison.Ordinal));

    private string Value => _value ?? throw new InvalidOperationException("A default StreamId names no stream. Create it with Of or Parse.");

    /// <summary>Creates the id of <paramref name="category"/> and <paramref name="key"/>.</summary>
    /// <exception cref="FormatException">They do not form a stream id.</exception>
    public static StreamId Of(string category, string key) => Parse($"{category}-{key}");

    /// <inheritdoc cref="Of(string, string)"/>
    public static StreamId Of(string category, Guid key) => new($"{category}-{key:D}");

    /// <exception cref="FormatException"><paramref name="text"/> is not a stream id.</exception>
    public static StreamId Parse(string text) =>
        TryParse(text, out var id)
            ? id
            : throw new FormatException($"'{text}' is not a stream id. Write it as category-key.");

    /// <summary>Parses a stream id, and returns false if <paramref name="text"/> is not one.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out StreamId id)
    {
        id = default;
        if (text is null || text.Length > MaxLength) return false;
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        if (dash < 1 || dash == text.Length - 1) return false;
        foreach (var c in text.AsSpan(0, dash))
            if (c is < 'a' or > 'z') return false;
        foreach (var c in text.AsSpan(dash + 1))
            if (!Subject.IsPlain(c) && c != Subject.Escape) return false;
        id = new StreamId(text);
        return true;
    }

    public override string ToString() => Value;

    private sealed class Converter : JsonConverter<StreamId>
    {
        public override StreamId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            TryParse(reader.GetString(), out var id) ? id : throw new JsonException("Not a stream id.");

        public override void Write(Utf8JsonWriter writer, StreamId value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Value);
    }
}
