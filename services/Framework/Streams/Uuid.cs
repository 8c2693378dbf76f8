using System.Diagnostics.CodeAnalysis;

namespace ServerlessCqrs.Streams;

/// <summary>The one spelling of an id: lower-case hexadecimal digits with dashes, as in <c>6579c22f-be2b-444c-a52b-0116dd82df6c</c>. Paths, bodies and files take no other, since caches and logs compare spellings.</summary>
public static class Uuid
{
    /// <summary>The rule, as a sentence for people.</summary>
    public const string Rule = "An id is a UUID in lower case with dashes, as in 6579c22f-be2b-444c-a52b-0116dd82df6c.";

    private const int Length = 36;

    public static bool TryParse([NotNullWhen(true)] string? text, out Guid id)
    {
        // The parser takes upper case, blanks around and more; only what it writes again the same way counts.
        Span<char> again = stackalloc char[Length];
        return Guid.TryParseExact(text, "D", out id) && id.TryFormat(again, out _, "D") && again.SequenceEqual(text);
    }
}
