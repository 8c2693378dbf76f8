using System.Diagnostics.CodeAnalysis;

namespace ServerlessCqrs.Streams;

/// <summary>
/// The only valid spelling of an id: lower-case hexadecimal digits with dashes, for example
/// <c>6579c22f-be2b-444c-a52b-0116dd82df6c</c>. Paths, bodies and files accept no other, because caches and logs
/// compare spellings.
/// </summary>
public static class Uuid
{
    /// <summary>The rule, for people.</summary>
    public const string Rule = "An id is a UUID in lower case with dashes, as in 6579c22f-be2b-444c-a52b-0116dd82df6c.";

    private const int Length = 36;

    public static bool TryParse([NotNullWhen(true)] string? text, out Guid id)
    {
        // The parser also accepts upper case and blanks. Only text that it would write itself is valid.
        Span<char> again = stackalloc char[Length];
        return Guid.TryParseExact(text, "D", out id) && id.TryFormat(again, out _, "D") && again.SequenceEqual(text);
    }
}
