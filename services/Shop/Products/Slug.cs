using System.Text;

namespace ServerlessCqrs.Shop.Products;

/// <summary>The part of an address that a person can read: lower-case ASCII words joined by single dashes, the same for the same name on every machine and in every culture.</summary>
public static class Slug
{
    public const int MaxLength = 80;

    /// <summary>The letters of Latin-1 and their nearest ASCII; what is neither is a border between words.</summary>
    private static readonly Dictionary<char, string> Plain = new()
    {
        ['à'] = "a", ['á'] = "a", ['â'] = "a", ['ã'] = "a", ['ä'] = "a", ['å'] = "a", ['æ'] = "ae", ['ç'] = "c",
        ['è'] = "e", ['é'] = "e", ['ê'] = "e", ['ë'] = "e", ['ì'] = "i", ['í'] = "i", ['î'] = "i", ['ï'] = "i",
        ['ñ'] = "n", ['ò'] = "o", ['ó'] = "o", ['ô'] = "o", ['õ'] = "o", ['ö'] = "o", ['ø'] = "o", ['œ'] = "oe",
        ['ù'] = "u", ['ú'] = "u", ['û'] = "u", ['ü'] = "u", ['ý'] = "y", ['ÿ'] = "y", ['ß'] = "ss", ['ð'] = "d", ['þ'] = "th",
    };

    /// <summary>The slug of a product's name; <c>product</c> where no letter or digit is left.</summary>
    public static string Of(string name)
    {
        var slug = new StringBuilder();
        var border = false;
        foreach (var c in name)
        {
            var lower = char.ToLowerInvariant(c);
            var plain = char.IsAsciiLetterOrDigit(lower) ? lower.ToString() : Plain.GetValueOrDefault(lower, "");
            if (plain.Length == 0 && c is not ('\'' or '’')) border = slug.Length > 0;
            if (plain.Length == 0) continue;
            if (border) plain = $"-{plain}";
            if (slug.Length + plain.Length > MaxLength) break;
            border = false;
            slug.Append(plain);
        }

        return slug.Length == 0 ? "product" : slug.ToString();
    }
}
