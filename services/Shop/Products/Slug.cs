using System.Globalization;
using System.Text;
using ServerlessCqrs.Streams.Unicode;

namespace ServerlessCqrs.Shop.Products;

/// <summary>
/// The readable part of a URL: lower-case ASCII words joined by single dashes. Every normal form of a name gives the
/// same slug, on every machine and in every culture.
/// </summary>
public static class Slug
{
    public const int MaxLength = 80;

    /// <summary>Returns the slug of a product's name, or <c>product</c> if no Latin letter or digit is left.</summary>
    public static string Of(string name)
    {
        var slug = new StringBuilder();
        var (border, wasPlain) = (false, false);
        foreach (var rune in FoldedText.Decompose(name).EnumerateRunes())
        {
            var plain = Plain(rune);
            if (plain.Length == 0)
            {
                // A mark on a Latin letter adds nothing.
                if (IsApostrophe(rune) || wasPlain && IsMark(rune)) continue;
                (border, wasPlain) = (slug.Length > 0, false);
                continue;
            }

            wasPlain = true;
            if (border) plain = $"-{plain}";
            if (slug.Length + plain.Length > MaxLength) break;
            border = false;
            slug.Append(plain);
        }

        return slug.Length == 0 ? "product" : slug.ToString();
    }

    /// <summary>
    /// Returns the nearest ASCII of a folded, decomposed Latin letter, or the digit, or an empty text for any other
    /// character.
    /// </summary>
    public static string Plain(Rune folded) => folded.Value switch
    {
        (>= 'a' and <= 'z') or (>= '0' and <= '9') => folded.ToString(),
        'æ' => "ae",
        'đ' or 'ð' => "d",
        'ħ' => "h",
        'ł' => "l",
        'ø' => "o",
        'œ' => "oe",
        'þ' => "th",
        'ŧ' => "t",
        _ => "",
    };

    public static bool IsApostrophe(Rune rune) => rune.Value is '\'' or '’';

    /// <summary>
    /// Returns true if the character belongs to the letter before it, for example an accent or a vowel sign.
    /// </summary>
    public static bool IsMark(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;
}
