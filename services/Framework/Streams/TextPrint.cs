using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ServerlessCqrs.Streams;

/// <summary>
/// What a decision state stores about a text: enough to compare it with another one, and its size in a document. It is
/// stored as one text, for example <c>1__Z4m2EZos 24</c>.
/// </summary>
/// <param name="Fingerprint">The <see cref="Streams.Fingerprint"/> of the text.</param>
/// <param name="Bytes">The text's bytes in JSON, in UTF-8.</param>
[JsonConverter(typeof(Converter))]
[DebuggerDisplay("{Fingerprint} {Bytes}")]
public readonly record struct TextPrint(
    string Fingerprint,
    int Bytes)
{
    public static TextPrint Of(string text) => new(Streams.Fingerprint.Of(text), PlainJson.BytesOf(text));

    public static TextPrint Of(string one, string other) => new(Streams.Fingerprint.Of(one, other), PlainJson.BytesOf(one) + PlainJson.BytesOf(other));

    public sealed class Converter : JsonConverter<TextPrint>
    {
        public override TextPrint Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var text = reader.GetString() ?? throw new JsonException("A text's print is null.");
            var blank = text.IndexOf(' ', StringComparison.Ordinal);
            return blank > 0 && int.TryParse(text.AsSpan(blank + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var bytes)
                ? new TextPrint(text[..blank], bytes)
                : throw new JsonException($"'{text}' is not a text's print.");
        }

        public override void Write(Utf8JsonWriter writer, TextPrint value, JsonSerializerOptions options) =>
            writer.WriteStringValue(string.Create(CultureInfo.InvariantCulture, $"{value.Fingerprint} {value.Bytes}"));
    }
}
