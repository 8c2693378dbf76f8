using System.Buffers.Text;
using System.Text;

namespace ServerlessCqrs.Projections.Lists;

/// <summary>
/// The position in a list after which the next page starts: the last key of the page. With a key instead of a count,
/// concurrent changes neither repeat nor hide entries. A cursor is no secret. A changed one leads to another position
/// in the same list, or is refused.
/// </summary>
public static class Cursor
{
    /// <param name="list">The list's name, so that another list refuses the cursor.</param>
    public static string Write(string list, string lastKey) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{list}\n{lastKey}"));

    /// <summary>Returns the last key, or null if there is no cursor.</summary>
    /// <exception cref="InvalidCursorException">The cursor does not come from this list.</exception>
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
