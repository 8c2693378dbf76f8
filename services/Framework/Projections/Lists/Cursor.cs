using System.Buffers.Text;
using System.Text;

namespace ServerlessCqrs.Projections.Lists;

/// <summary>
/// The place in a list after which the next page begins: the last key that was shown. A key, not a count, so that what is added or removed meanwhile neither repeats nor hides anything. It is no secret and needs no seal: a changed one
/// leads elsewhere in the same list, or is refused.
/// </summary>
public static class Cursor
{
    /// <param name="list">Names the list, so that a cursor is refused in another one.</param>
    public static string Write(string list, string lastKey) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{list}\n{lastKey}"));

    /// <summary>The last key; null where there is no cursor.</summary>
    /// <exception cref="InvalidCursorException">The cursor is not one that this list gave.</exception>
    public static string? Read(string? cursor, string list, Func<string, bool> isKey)
    {
        if (cursor is null) return null;
        var text = Decode(cursor);
        return text.StartsWith($"{list}\n", StringComparison.Ordinal) && isKey(text[(list.Length + 1)..]) ? text[(list.Length + 1)..] : throw new InvalidCursorException();
    }

    private static string Decode(string cursor)
    {
        try
        {
            return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(Base64Url.DecodeFromChars(cursor));
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            throw new InvalidCursorException();
        }
    }
}
