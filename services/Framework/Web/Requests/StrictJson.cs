using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;

namespace ServerlessCqrs.Web.Requests;

/// <summary>
/// Reads a JSON body strictly: no unknown, missing, repeated or wrongly typed field. Problems name the field by its
/// path, and never our types.
/// </summary>
public static class StrictJson
{
    private const int MaxDepth = 16;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = MaxDepth };

    /// <summary>Returns null and the body, or the problem.</summary>
    public static Problem? Read<TBody>(ReadOnlyMemory<byte> utf8, JsonTypeInfo<TBody> shape, out TBody? body)
        where TBody : class
    {
        body = null;
        if (utf8.IsEmpty) return Broken("The body is empty. Send a JSON object.");
        if (!Utf8.IsValid(utf8.Span)) return Broken("The body is not valid UTF-8.");
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(utf8, Strict);
        }
        catch (JsonException e)
        {
            return Broken($"The body is not valid JSON, or has a duplicate field (line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}).");
        }
        catch (InvalidOperationException)
        {
            return HalfCharacter();
        }

        using (document)
        {
            if (HasHalfCharacter(utf8.Span)) return HalfCharacter();
            var violations = JsonShape.Compare(document.RootElement, shape).ToArray();
            if (violations.Length > 0) return Problem.Of(violations);
            try
            {
                body = document.RootElement.Deserialize(shape);
                return body is null ? Problem.Of([JsonShape.WrongType("")]) : null;
            }
            catch (JsonException e)
            {
                return Problem.Of([JsonShape.WrongType(e.Path is null or "$" ? "" : e.Path.TrimStart('$', '.'))]);
            }
        }
    }

    /// <summary>
    /// Returns true if an escape such as <c>\ud800</c>, in a name or a value at any depth, is half of a character. The
    /// parser accepts it, and throws when the text is read.
    /// </summary>
    private static bool HasHalfCharacter(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IndexOf("\\u"u8) < 0) return false;
        var text = ArrayPool<char>.Shared.Rent(utf8.Length);
        try
        {
            var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MaxDepth });
            while (reader.Read())
                if (reader.TokenType is JsonTokenType.PropertyName or JsonTokenType.String && reader.ValueIsEscaped) reader.CopyString(text);
            return false;
        }
        catch (InvalidOperationException)
        {
            return true;
        }
        finally
        {
            ArrayPool<char>.Shared.Return(text);
        }
    }

    private static Problem HalfCharacter() => Broken("The body has an escape such as \\ud800 that is half of a surrogate pair. Send both halves, or the character itself.");

    private static Problem Broken(string detail) => new(StatusCodes.Status400BadRequest, "json_invalid", detail);
}
