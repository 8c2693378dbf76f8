using System.Text.RegularExpressions;

namespace ServerlessCqrs.Architecture.Specs;

/// <summary>Words that only the shop has a use for. "Order" alone is none of them, because streams and rows have an order too; nor are AWS's list prices.</summary>
internal static partial class ShopWords
{
    /// <summary>The words of a text or of a type's name, in lower case, each once.</summary>
    public static IEnumerable<string> In(string text) => Word().Matches(text).Select(match => match.Value.ToLowerInvariant()).Distinct();

    [GeneratedRegex("shop|product(?!ion)|customer|seller|purchase|review|stock|(?<!list)price|orders|sales|recommendation|(?<=')category(?=')", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
