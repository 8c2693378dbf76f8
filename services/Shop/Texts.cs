namespace ServerlessCqrs.Shop;

/// <summary>What a text may be, whatever it is about: of a length in UTF-16 characters, whole Unicode, without control characters, and not blank where it must not be empty.</summary>
internal static class Texts
{
    public static bool IsLine(string text, int min, int max) => Is(text, min, max, lines: false);

    /// <summary>The same, with line ends and tabs.</summary>
    public static bool IsLines(string text, int min, int max) => Is(text, min, max, lines: true);

    private static bool Is(string text, int min, int max, bool lines)
    {
        if (text.Length < min || text.Length > max || min > 0 && string.IsNullOrWhiteSpace(text)) return false;
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsControl(text[i]) && !(lines && text[i] is '\n' or '\r' or '\t')) return false;
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[++i])) return false;
        }

        return true;
    }
}
