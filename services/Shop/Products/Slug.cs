using System.Text;

namespace ServerlessCqrs.Shop.Products;

/// <summary>The part of an address that a person can read: lower-case ASCII words joined by single dashes, the same for the same name on every machine and in every culture.</summary>
public static class Slug
{
    public const int MaxLength = 80;

    /// <summary>The slug of a product's name; <c>product</c> where no letter or digit is left.</summary>
    public static string Of(string name)
    {
        var slug = new StringBuilder();
        var border = false;
        foreach (var c in name)
        {
            var plain = Plain(char.ToLowerInvariant(c));
            if (plain.Length == 0 && c is not ('\'' or '’')) border = slug.Length > 0;
            if (plain.Length == 0) continue;
            if (border) plain = $"-{plain}";
            if (slug.Length + plain.Length > MaxLength) break;
            border = false;
            slug.Append(plain);
        }

        return slug.Length == 0 ? "product" : slug.ToString();
    }

    /// <summary>The nearest ASCII of a lower-case letter of Latin-1, or the digit; nothing for any other character.</summary>
    public static string Plain(char lower) => lower switch
    {
        (>= 'a' and <= 'z') or (>= '0' and <= '9') => lower.ToString(),
        >= 'à' and <= 'å' => "a",
        'æ' => "ae",
        'ç' => "c",
        >= 'è' and <= 'ë' => "e",
        >= 'ì' and <= 'ï' => "i",
        'ð' => "d",
        'ñ' => "n",
        (>= 'ò' and <= 'ö') or 'ø' => "o",
        'œ' => "oe",
        >= 'ù' and <= 'ü' => "u",
        'ý' or 'ÿ' => "y",
        'þ' => "th",
        'ß' => "ss",
        _ => "",
    };
}
