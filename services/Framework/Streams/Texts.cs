using System.Globalization;
using System.Text;

namespace ServerlessCqrs.Streams;

/// <summary>
/// One rule for every text that people write: a length in UTF-16 characters, and no deceptive characters. Short texts
/// are one line. Long texts may have line ends and tabs. The rule refuses control characters, line and paragraph
/// separators, direction overrides, embeddings and isolates that do not end on their line, unassigned characters, lone
/// surrogates, tags, and texts without a visible character. It accepts what scripts need: marks, joiners inside words,
/// direction marks, variation selectors, and every assigned letter and emoji. Sources: Unicode Standard Annex 9
/// (directions) and Technical Standard 51 (emoji), https://www.unicode.org/reports/.
/// </summary>
public static class Texts
{
    /// <summary>Explains to people what the rule refuses besides a wrong length.</summary>
    public const string Rule = "Control, override, tag and unassigned characters are not allowed, nor is a text of invisible characters alone.";

    private const int PopIsolate = 0x2069;

    private const int BlackFlag = 0x1F3F4;

    /// <summary>The flags of England, Scotland and Wales are the only emoji that are spelled with tags (RGI_Emoji_Tag_Sequence).</summary>
    private static readonly string[] TagFlags = ["gbeng", "gbsct", "gbwls"];

    public static bool IsLine(string text, int min, int max) => Is(text, min, max, lines: false);

    /// <summary>Also allows line ends and tabs.</summary>
    public static bool IsLines(string text, int min, int max) => Is(text, min, max, lines: true);

    /// <summary>
    /// Returns true if an earlier version of the rule accepted this as one line, so that it may be stored. That version
    /// checked only lengths, control characters and surrogates.
    /// </summary>
    public static bool MayBeStoredLine(string text, int min, int max) =>
        text.Length >= min && text.Length <= max && !text.Any(char.IsControl) && IsWhole(text);

    private static bool Is(string text, int min, int max, bool lines)
    {
        if (text.Length < min || text.Length > max || !IsWhole(text)) return false;
        var (visible, blank) = (false, true);
        var open = new Stack<int>();
        var before = default(Rune);
        for (var i = 0; i < text.Length;)
        {
            var rune = Rune.GetRuneAt(text, i);
            i += rune.Utf16SequenceLength;
            blank = blank && Rune.IsWhiteSpace(rune);
            switch (KindOf(rune))
            {
                case Kind.Visible:
                    visible = true;
                    break;
                case Kind.LineEnd when lines:
                    if (open.Count > 0 && rune.Value != '\t') return false;
                    break;
                case Kind.SoftHyphen when lines:
                case Kind.Unseen:
                    break;
                case Kind.Joiner when Joins(before, After(text, i)):
                case Kind.Selector when before != default && KindOf(before) is not (Kind.Selector or Kind.LineEnd):
                    break;
                case Kind.Opens:
                    open.Push(rune.Value);
                    break;
                case Kind.Closes when open.TryPop(out var opened) && IsIsolate(opened) == (rune.Value == PopIsolate):
                    break;
                case Kind.Tag when before.Value == BlackFlag && FlagAt(text, i - rune.Utf16SequenceLength) is { } end:
                    i = end;
                    break;
                default:
                    return false;
            }

            before = rune;
        }

        // A text of blanks counts as empty, which is valid if the minimum is 0.
        return open.Count == 0 && (visible || min == 0 && blank);
    }

    private static bool IsWhole(string text)
    {
        for (var i = 0; i < text.Length; i++)
            if (char.IsSurrogate(text[i]) && (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[++i]))) return false;
        return true;
    }

    private static Kind KindOf(Rune rune) => rune.Value switch
    {
        '\n' or '\r' or '\t' => Kind.LineEnd,
        0x00AD => Kind.SoftHyphen,
        // Zero-width space (Khmer, Thai), joiners (Indic scripts, Persian, emoji), the Mongolian vowel separator and the word joiner.
        0x200B or 0x200C or 0x200D or 0x180E or 0x2060 => Kind.Joiner,
        // Direction marks, which only change the order of the characters around them.
        0x200E or 0x200F or 0x061C => Kind.Unseen,
        0x202A or 0x202B or 0x2066 or 0x2067 or 0x2068 => Kind.Opens,
        0x202C or PopIsolate => Kind.Closes,
        0x034F or (>= 0x180B and <= 0x180D) or 0x180F or (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF) => Kind.Selector,
        >= 0xE0020 and <= 0xE007F => Kind.Tag,
        // Letters and symbols without a visible form: Hangul fillers, Khmer inherent vowels, the blank Braille pattern,
        // the musical null notehead.
        0x115F or 0x1160 or 0x3164 or 0xFFA0 or 0x17B4 or 0x17B5 or 0x2800 or 0x1D159 => Kind.Unseen,
        // Joiners of hieroglyphs.
        >= 0x13430 and <= 0x1343F => Kind.Unseen,
        // Arabic, Syriac and Kaithi number signs have the category of formatting characters, but are visible.
        (>= 0x0600 and <= 0x0605) or 0x06DD or 0x070F or 0x0890 or 0x0891 or 0x08E2 or 0x110BD or 0x110CD => Kind.Visible,
        _ => Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned => Kind.Refused,
            UnicodeCategory.SpaceSeparator or UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark => Kind.Unseen,
            _ => Kind.Visible,
        },
    };

    /// <summary>
    /// Joiners belong inside words. Inside a word of ASCII letters they only make it look like another word.
    /// </summary>
    private static bool Joins(Rune before, Rune after) => IsOfAWord(before) && IsOfAWord(after) && !(before.IsAscii && after.IsAscii);

    private static bool IsOfAWord(Rune rune) => rune != default && !Rune.IsWhiteSpace(rune) && KindOf(rune) is Kind.Visible or Kind.Unseen or Kind.Selector;

    private static Rune After(string text, int i) => i < text.Length ? Rune.GetRuneAt(text, i) : default;

    private static bool IsIsolate(int opened) => opened >= 0x2066;

    /// <summary>Returns the end of the tags that start here if they spell a flag and its end tag, or null.</summary>
    private static int? FlagAt(string text, int start)
    {
        foreach (var flag in TagFlags)
        {
            var tags = string.Concat(flag.Select(c => char.ConvertFromUtf32(0xE0000 + c))) + char.ConvertFromUtf32(0xE007F);
            if (string.CompareOrdinal(text, start, tags, 0, tags.Length) == 0) return start + tags.Length;
        }

        return null;
    }

    private enum Kind
    {
        Refused,
        Visible,
        Unseen,
        LineEnd,
        SoftHyphen,
        Joiner,
        Selector,
        Opens,
        Closes,
        Tag,
    }
}
