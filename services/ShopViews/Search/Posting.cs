using System.Globalization;
using Amazon.DynamoDBv2.Model;
using ServerlessCqrs.Projections;
using ServerlessCqrs.Projections.Dynamo;
using ServerlessCqrs.Shop.Products;

namespace ServerlessCqrs.ShopViews.Search;

/// <summary>
/// Links a word to a product, as an item of the table of words. The partition key is the word's first two characters,
/// so that one query finds all words with a longer beginning. The sort key is word, place and product. The item
/// contains what a search needs of each product and what rarely changes, so not the price.
/// </summary>
internal sealed record Posting(
    string Word,
    WordPlace Place,
    Guid Product,
    string Category,
    DateTimeOffset CreatedAt)
{
    /// <summary>Sorts before every character of a word.</summary>
    private const char End = '\u0001';

    private const int IdLength = 36;

    /// <summary>What a product's row stores about the posting besides its word.</summary>
    public decimal Amount => 1 + (int)Place;

    /// <summary>Returns the place that an amount encodes. Older rows have a hash above it, in steps of four.</summary>
    public static WordPlace PlaceOf(decimal amount) => (WordPlace)((int)(amount - 1) % 4);

    /// <summary>The key of its item.</summary>
    public Dictionary<string, AttributeValue> Key => new()
    {
        ["beginning"] = new(PartitionOf(Word)),
        ["posting"] = new(string.Create(CultureInfo.InvariantCulture, $"{Word}{End}{(int)Place}{Product:D}")),
    };

    /// <summary>Returns the first two characters, even if they take two places each in UTF-16.</summary>
    public static string PartitionOf(string beginning) => string.Concat(beginning.EnumerateRunes().Take(2));

    /// <summary>Returns the common prefix of the sort keys of all words that match a query's word.</summary>
    public static string BeginningOf(string asked) => !SearchWords.IsSingle(asked) ? asked : $"{asked}{End}";

    /// <summary>Returns all postings of a product.</summary>
    public static IEnumerable<Posting> Of(SearchDocument? product) => product is { IsListed: true }
        ? SearchWords.Of(product).Select(word => Of(product, word.Key, word.Value))
        : [];

    /// <summary>
    /// Returns the postings that were written with a row. The row's contribution contains its words, whichever code
    /// derived them.
    /// </summary>
    public static IEnumerable<Posting> Of(ReadModelItem<SearchDocument> row) => row is { Document: { } product, Adds: { } words }
        ? words.Sums.Select(word => Of(product, word.Key, PlaceOf(word.Value)))
        : [];

    private static Posting Of(SearchDocument product, string word, WordPlace place) =>
        new(word, place, product.Id, product.Category, DateTimeOffset.FromUnixTimeMilliseconds(product.CreatedAt.ToUnixTimeMilliseconds()));

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

    /// <summary>The entry that verification compares.</summary>
    public IndexEntry Entry => new(
        ProductStreams.IdOf(Product),
        $"{Word} ({Place})",
        string.Create(CultureInfo.InvariantCulture, $"{Category}, {CreatedAt.ToUnixTimeMilliseconds()}"));

    public Dictionary<string, AttributeValue> Write() => new(Key)
    {
        ["category"] = new(Category),
        ["at"] = ItemReader.Number(CreatedAt.ToUnixTimeMilliseconds()),
    };
}
