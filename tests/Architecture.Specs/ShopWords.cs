using System.Text.RegularExpressions;

namespace ServerlessCqrs.Architecture.Specs;

/// <summary>
/// Words that only the shop uses. "Order" alone is not one, because streams and rows have an order too. Neither are the
/// words of AWS's list prices.
/// </summary>
internal static partial class ShopWords
{
    /// <summary>Returns the distinct words of a text or of a type's name, in lower case.</summary>
    public static IEnumerable<string> In(string text) => Word().Matches(text).Select(match => match.Value.ToLowerInvariant()).Distinct();

    [GeneratedRegex("shop|product(?!ion)|customer|seller|purchase|review|stock|(?<!list)price|orders|sales|recommendation|(?<=')category(?=')", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
