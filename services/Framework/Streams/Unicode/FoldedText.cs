using System.Text;

namespace ServerlessCqrs.Streams.Unicode;

/// <summary>
/// Folds text for searching. Folding removes differences in case, normal form, compatible forms such as full width,
/// digits of other scripts, and invisible characters. Texts that differ only in these fold to the same text.
/// </summary>
/// <remarks>
/// The table is part of the project. With <c>InvariantGlobalization</c>, <see cref="string.Normalize()"/> returns its
/// text unchanged (https://github.com/dotnet/runtime/blob/main/docs/design/features/globalization-invariant-mode.md).
/// Without it, the result would depend on the machine's ICU, and a document must be the same everywhere. The algorithms
/// are those of Unicode's chapters 3.11 and 3.12 (https://www.unicode.org/versions/latest/core-spec/chapter-3/).
/// </remarks>
public static class FoldedText
{
    // Hangul syllables are computed (chapter 3.12).
    private const int HangulBase = 0xAC00, LeadBase = 0x1100, VowelBase = 0x1161, TailBase = 0x11A7;
    private const int Leads = 19, Vowels = 21, Tails = 28, Syllables = Leads * Vowels * Tails;

    /// <summary>Returns the folded text, composed as far as Unicode allows (NFKC).</summary>
    public static string Of(string text) => Ascii.IsValid(text) ? text.ToLowerInvariant() : Compose(Decompose(text));

    /// <summary>Returns the folded text with each mark as a separate character after its letter (NFKD).</summary>
    public static string Decompose(string text)
    {
        if (Ascii.IsValid(text)) return text.ToLowerInvariant();
        var folded = new List<int>(text.Length + 8);
        foreach (var rune in text.EnumerateRunes()) Fold(rune, folded);
        Order(folded);
        return TextOf(folded);
    }

    /// <summary>Composes the result of <see cref="Decompose"/>, or a part of it.</summary>
    public static string Compose(string decomposed)
    {
        if (Ascii.IsValid(decomposed)) return decomposed;
        var composed = new List<int>(decomposed.Length);
        var (starter, lastClass) = (-1, -1);
        foreach (var rune in decomposed.EnumerateRunes())
        {
            var ofRune = FoldingTable.ClassOf(rune.Value);

            // A mark of the same class, or a letter after marks, cannot combine with the letter before.
            if (starter >= 0 && lastClass < ofRune && Pair(composed[starter], rune.Value) is { } pair)
            {
                composed[starter] = pair;
                continue;
            }

            if (ofRune == 0) starter = composed.Count;
            lastClass = ofRune == 0 ? -1 : ofRune;
            composed.Add(rune.Value);
        }

        return TextOf(composed);
    }

    private static void Fold(Rune rune, List<int> folded)
    {
        if (rune.Value - HangulBase is >= 0 and < Syllables and var syllable)
        {
            folded.Add(LeadBase + syllable / (Vowels * Tails));
            folded.Add(VowelBase + syllable % (Vowels * Tails) / Tails);
            if (syllable % Tails > 0) folded.Add(TailBase + syllable % Tails);
        }
        else if (FoldingTable.FoldOf(rune.Value) is { } targets) folded.AddRange(targets);
        else folded.Add(Rune.ToLowerInvariant(rune).Value);
    }

    /// <summary>Sorts the marks of each letter into the canonical order.</summary>
    private static void Order(List<int> folded)
    {
        for (var i = 1; i < folded.Count; i++)
        {
            var ofMark = FoldingTable.ClassOf(folded[i]);
            for (var j = i; ofMark > 0 && j > 0 && FoldingTable.ClassOf(folded[j - 1]) > ofMark; j--) (folded[j - 1], folded[j]) = (folded[j], folded[j - 1]);
        }
    }

    private static int? Pair(int first, int second)
    {
        if (first - LeadBase is >= 0 and < Leads and var lead && second - VowelBase is >= 0 and < Vowels and var vowel) return HangulBase + (lead * Vowels + vowel) * Tails;
        if (first - HangulBase is >= 0 and < Syllables and var syllable && syllable % Tails == 0 && second - TailBase is > 0 and < Tails and var tail) return HangulBase + syllable + tail;
        return FoldingTable.Compose(first, second);
    }

    private static string TextOf(List<int> codes)
    {
        var text = new StringBuilder(codes.Count);
        foreach (var code in codes) text.Append(new Rune(code).ToString());
        return text.ToString();
    }
}
