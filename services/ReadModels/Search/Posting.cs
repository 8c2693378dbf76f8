using System.Globalization;
using System.Text;
using Amazon.DynamoDBv2.Model;
using ServerlessCqrs.ReadModels.Dynamo;

namespace ServerlessCqrs.ReadModels.Search;

/// <summary>
/// That a product is found by a word: an item of the table of words. Its partition is the word's first two characters, so that all words with a longer beginning are one query; its sort key is the word, the place, and the product.
/// It carries what a search needs to know of each product it finds and what seldom changes, and so not the price.
/// </summary>
internal sealed record Posting(
    string Word,
    WordPlace Place,
    Guid Product,
    string Category,
    DateTimeOffset CreatedAt)
{
    /// <summary>Below every character of a word.</summary>
    private const char End = '\u0001';

    private const int IdLength = 36;

    /// <summary>What changes when anything of it does but its word: the amount that a product's row says to have added for this word.</summary>
    public decimal Amount => 1 + (int)Place + 4 * Hash($"{Category}{End}{CreatedAt.ToUnixTimeMilliseconds()}");

    /// <summary>The place that an amount tells.</summary>
    public static WordPlace PlaceOf(decimal amount) => (WordPlace)((int)(amount - 1) % 4);

    public static Dictionary<string, AttributeValue> KeyOf(string word, WordPlace place, Guid product) => new()
    {
        ["beginning"] = new(PartitionOf(word)),
        ["posting"] = new(string.Create(CultureInfo.InvariantCulture, $"{word}{End}{(int)place}{product:D}")),
    };

    public static string PartitionOf(string beginning) => beginning.Length > 2 ? beginning[..2] : beginning;

    /// <summary>What the sort keys of all words begin with that answer a query's word.</summary>
    public static string BeginningOf(string asked) => asked.Length > 1 ? asked : $"{asked}{End}";

    /// <summary>All postings of a product.</summary>
    public static IReadOnlyDictionary<string, Posting> Of(SearchDocument? product) => product is { IsListed: true }
        ? SearchWords.Of(product).ToDictionary(word => word.Key, word => new Posting(word.Key, word.Value, product.Id, product.Category, product.CreatedAt))
        : new Dictionary<string, Posting>();

    public static Posting Read(Dictionary<string, AttributeValue> item)
    {
        var key = item["posting"].S;
        var end = key.Length - IdLength - 2;
        return new Posting(
            key[..end],
            (WordPlace)(key[end + 1] - '0'),
            Guid.ParseExact(key[^IdLength..], "D"),
            item["category"].S,
            DateTimeOffset.FromUnixTimeMilliseconds(ItemReader.NumberOf(item, "at")));
    }

    public Dictionary<string, AttributeValue> Write() => new(KeyOf(Word, Place, Product))
    {
        ["category"] = new(Category),
        ["at"] = ItemReader.Number(CreatedAt.ToUnixTimeMilliseconds()),
    };

    /// <summary>FNV-1a (http://www.isthe.com/chongo/tech/comp/fnv), folded to 16 bits.</summary>
    private static int Hash(string text)
    {
        var hash = 2166136261u;
        foreach (var one in Encoding.UTF8.GetBytes(text)) hash = (hash ^ one) * 16777619u;
        return (int)((hash >> 16) ^ (hash & 0xFFFF));
    }
}
