using System.Buffers;
using System.Text;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Streams.Unicode;

namespace ServerlessCqrs.ShopViews.Search;

/// <summary>The place of a word in a product. The first place counts most.</summary>
internal enum WordPlace
{
    Name,
    Category,
    Specification,
    Description,
}

/// <summary>
/// Splits texts into words as a search compares them. They are folded by <see cref="FoldedText"/>, with Latin letters
/// as in a slug. A mark stays with its letter. The vowel points of Arabic and Hebrew are optional in writing, and are
/// removed. Every character except letters, digits and marks separates words. An apostrophe is removed instead. In
/// scripts without spaces between words, each pair of neighbouring letters is a word.
/// </summary>
internal static class SearchWords
{
    /// <inheritdoc cref="SearchLimits.WordsOfProduct"/>
    public const int MaxOfProduct = SearchLimits.WordsOfProduct;

    /// <summary>The maximum number of words of a query that count.</summary>
    public const int MaxOfQuery = 5;

    /// <inheritdoc cref="SearchLimits.WordsOfSpecification"/>
    public const int MaxOfSpecification = SearchLimits.WordsOfSpecification;

    /// <summary>The stroke that only lengthens an Arabic word.</summary>
    private const int Tatweel = 0x0640;

    /// <summary>In UTF-16 characters. A longer word is found by its beginning.</summary>
    private const int MaxLength = SearchLimits.CharactersOfWord;

    /// <summary>Returns the distinct words of a text, in order.</summary>
    public static IEnumerable<string> Of(string text) => Runs(text).SelectMany(run => run.IsUnspaced ? PairsOf(run.Text) : [Composed(run.Text)]).Distinct();

    /// <summary>Returns the same, but keeps the letters of unspaced scripts together.</summary>
    public static IEnumerable<string> Written(string text) => Runs(text).Select(run => Composed(run.Text)).Distinct();

    /// <summary>Returns the words of a query that count.</summary>
    public static IReadOnlyList<string> OfQuery(string text) => [.. Of(text).Take(MaxOfQuery)];

    /// <summary>Returns the words by which a product is found, each with its best place.</summary>
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

    /// <summary>
    /// Returns how well a product's word matches a query's word. 0 is no match, and more is better. A query's word
    /// matches itself and all longer words. A single letter matches only itself, because half the shop begins with it.
    /// </summary>
    public static int Score(string asked, string word, WordPlace place) =>
        word == asked ? 2 * Weight(place)
        : !IsSingle(asked) && word.StartsWith(asked, StringComparison.Ordinal) ? 2 * Weight(place) - 1
        : 0;

    private static int Weight(WordPlace place) => WordPlace.Description - place + 1;

    /// <summary>Returns true if the word is a single character, which may take two places in UTF-16.</summary>
    public static bool IsSingle(string word) => Rune.DecodeFromUtf16(word, out _, out var length) == OperationStatus.Done && length == word.Length;

    /// <summary>
    /// Returns the first characters of a word, up to this number in UTF-16. It does not split surrogate pairs.
    /// </summary>
    public static string Beginning(string word, int most) => word.Length <= most ? word : word[..(char.IsHighSurrogate(word[most - 1]) ? most - 1 : most)];

    private static string Composed(string word) => Beginning(FoldedText.Compose(word), MaxLength);

    /// <summary>
    /// Splits the text into decomposed runs without separators, each of spaced or of unspaced letters.
    /// </summary>
    private static IEnumerable<(string Text, bool IsUnspaced)> Runs(string text)
    {
        var run = new StringBuilder();
        var (isUnspaced, isPlain) = (false, false);
        foreach (var rune in FoldedText.Decompose(text).EnumerateRunes())
        {
            if (Slug.IsApostrophe(rune) || rune.Value == Tatweel) continue;
            if (Slug.IsMark(rune))
            {
                if (run.Length > 0 && !isPlain && !IsOptional(rune)) run.Append(rune.ToString());
                continue;
            }

            var plain = Slug.Plain(rune);
            var isLetter = plain.Length > 0 || Rune.IsLetterOrDigit(rune);
            var isOther = isLetter && IsUnspaced(rune);
            if (run.Length > 0 && (!isLetter || isOther != isUnspaced))
            {
                yield return (run.ToString(), isUnspaced);
                run.Clear();
            }

            if (!isLetter) continue;
            (isUnspaced, isPlain) = (isOther, plain.Length > 0);
            run.Append(isPlain ? plain : rune.ToString());
        }

        if (run.Length > 0) yield return (run.ToString(), isUnspaced);
    }

    /// <summary>Returns each pair of neighbouring letters with their marks. A single letter is a word.</summary>
    private static IEnumerable<string> PairsOf(string run)
    {
        List<string> letters = [];
        foreach (var rune in run.EnumerateRunes())
        {
            if (Slug.IsMark(rune) && letters.Count > 0) letters[^1] += rune;
            else letters.Add(rune.ToString());
        }

        return letters.Count == 1 ? [Composed(letters[0])] : letters.Zip(letters.Skip(1), (letter, next) => Composed(letter + next));
    }

    private static bool IsOptional(Rune mark) => mark.Value is (>= 0x0591 and <= 0x05C7) or (>= 0x0610 and <= 0x061A) or (>= 0x064B and <= 0x0652) or 0x0670;

    /// <summary>The scripts of China, Japan, Thailand, Laos, Myanmar and Cambodia, by Unicode blocks.</summary>
    private static bool IsUnspaced(Rune letter) => letter.Value is
        (>= 0x0E00 and <= 0x0EFF) or (>= 0x1000 and <= 0x109F) or (>= 0x1780 and <= 0x17FF) or (>= 0x3005 and <= 0x3007)
        or (>= 0x3041 and <= 0x312F) or (>= 0x31A0 and <= 0x31BF) or (>= 0x31F0 and <= 0x31FF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x4E00 and <= 0x9FFF)
        or (>= 0x1AFF0 and <= 0x1B16F) or (>= 0x20000 and <= 0x3FFFF);
}
