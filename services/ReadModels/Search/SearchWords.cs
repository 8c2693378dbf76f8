using System.Text;
using ServerlessCqrs.Shop.Products;

namespace ServerlessCqrs.ReadModels.Search;

/// <summary>Where a word stands in a product; the first place counts most.</summary>
internal enum WordPlace
{
    Name,
    Category,
    Specification,
    Description,
}

/// <summary>Words as they are searched: lower case, letters of Latin-1 as the ASCII of a slug, letters of other scripts as they are; whatever is no letter or digit parts them, but an apostrophe, which is left out.</summary>
internal static class SearchWords
{
    /// <summary>The most words that a product is found by. With as many to take away, and its own row, they make 97 writes: DynamoDB takes 100 in a transaction.</summary>
    public const int MaxOfProduct = 48;

    /// <summary>The most words of a query that count.</summary>
    public const int MaxOfQuery = 5;

    /// <summary>A specification says what it says in a few words; what follows is prose.</summary>
    public const int MaxOfSpecification = 8;

    /// <summary>Longer words are found by their beginning.</summary>
    private const int MaxLength = 40;

    /// <summary>The words of a text, in order; a word that comes twice comes once.</summary>
    public static IEnumerable<string> Of(string text) => All(text).Distinct();

    /// <summary>The words of a query that count.</summary>
    public static IReadOnlyList<string> OfQuery(string text) => [.. Of(text).Take(MaxOfQuery)];

    /// <summary>The words that a product is found by, each with the best place it stands in.</summary>
    public static IReadOnlyDictionary<string, WordPlace> Of(SearchDocument product)
    {
        var words = new Dictionary<string, WordPlace>();
        Add(Of(product.Name), WordPlace.Name);
        Add(Of(product.Category), WordPlace.Category);
        foreach (var (name, value) in product.Specifications) Add(Of(name).Concat(value), WordPlace.Specification);
        Add(product.Description, WordPlace.Description);
        return words;

        void Add(IEnumerable<string> some, WordPlace place)
        {
            foreach (var word in some)
                if (words.Count < MaxOfProduct) words.TryAdd(word, place);
        }
    }

    /// <summary>How well a product's word answers a query's: 0 not at all, else the more the better. A word is answered by itself and by what begins with it; a single letter by itself alone, since half the shop begins with it.</summary>
    public static int Score(string asked, string word, WordPlace place) =>
        word == asked ? 2 * Weight(place)
        : asked.Length > 1 && word.StartsWith(asked, StringComparison.Ordinal) ? 2 * Weight(place) - 1
        : 0;

    private static int Weight(WordPlace place) => WordPlace.Description - place + 1;

    private static IEnumerable<string> All(string text)
    {
        var word = new StringBuilder();
        foreach (var c in text)
        {
            var lower = char.ToLowerInvariant(c);
            if (Slug.Plain(lower) is { Length: > 0 } plain) word.Append(plain);
            else if (char.IsLetterOrDigit(lower)) word.Append(lower);
            else if (c is not ('\'' or '’') && word.Length > 0) yield return Take();
        }

        if (word.Length > 0) yield return Take();

        string Take()
        {
            var taken = word.Length > MaxLength ? word.ToString(0, MaxLength) : word.ToString();
            word.Clear();
            return taken;
        }
    }
}
