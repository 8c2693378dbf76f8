using System.Globalization;
using Amazon.DynamoDBv2.Model;
using ServerlessCqrs.Projections;
using ServerlessCqrs.Projections.Dynamo;
using ServerlessCqrs.Shop.Products;

namespace ServerlessCqrs.ShopViews.Search;

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

    /// <summary>What a product's row keeps of the posting beside its word.</summary>
    public decimal Amount => 1 + (int)Place;

    /// <summary>The place that an amount tells. Older rows have a hash above it, in steps of four.</summary>
    public static WordPlace PlaceOf(decimal amount) => (WordPlace)((int)(amount - 1) % 4);

    /// <summary>The key of its item.</summary>
    public Dictionary<string, AttributeValue> Key => new()
    {
        ["beginning"] = new(PartitionOf(Word)),
        ["posting"] = new(string.Create(CultureInfo.InvariantCulture, $"{Word}{End}{(int)Place}{Product:D}")),
    };

    /// <summary>The first two characters; of those that take two places in UTF-16, too.</summary>
    public static string PartitionOf(string beginning) => string.Concat(beginning.EnumerateRunes().Take(2));

    /// <summary>What the sort keys of all words begin with that answer a query's word.</summary>
    public static string BeginningOf(string asked) => !SearchWords.IsSingle(asked) ? asked : $"{asked}{End}";

    /// <summary>All postings of a product.</summary>
    public static IEnumerable<Posting> Of(SearchDocument? product) => product is { IsListed: true }
        ? SearchWords.Of(product).Select(word => Of(product, word.Key, word.Value))
        : [];

    /// <summary>The postings that were written with a row: its words are in what it adds, whichever code made them of the product.</summary>
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

    /// <summary>As a verification compares it.</summary>
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
