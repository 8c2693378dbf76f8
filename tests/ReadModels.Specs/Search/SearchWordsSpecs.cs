using ServerlessCqrs.Projections;
using ServerlessCqrs.ReadModels.Specs.Given;
using ServerlessCqrs.ShopViews.Search;

namespace ServerlessCqrs.ReadModels.Specs.Search;

public sealed class SearchWordsSpecs
{
    [Theory]
    [InlineData("Wireless Headphones", "wireless headphones")]
    [InlineData("  over-ear,  30h/50g ", "over ear 30h 50g")]
    [InlineData("Kopfhörer für Ærø", "kopfhorer fur aero")]
    [InlineData("the baker's dozen, the baker’s", "the bakers dozen")]
    [InlineData("耳机 🎧 Ω", "耳机 ω")]
    [InlineData("…!", "")]
    public void Words_are_those_of_a_slug_and_of_other_scripts_each_once(string text, string words) => Assert.Equal(words, string.Join(' ', SearchWords.Of(text)));

    [Theory]
    [InlineData("Kopfho\u0308rer Kopfh\u00F6rer", "kopfhorer")]
    [InlineData("cip\u0151 CIPO\u030B", "cipo")]
    [InlineData("\u0130stanbul ISTANBUL \u0131stanbul", "istanbul")]
    [InlineData("\U0001E900\U0001E923\U0001E924\U0001E944 \U0001E953", "\U0001E922\U0001E923\U0001E924\U0001E944 3")]
    [InlineData("\u0939\u093F\u0928\u094D\u0926\u0940 \u0915\u093F\u0924\u093E\u092C", "\u0939\u093F\u0928\u094D\u0926\u0940 \u0915\u093F\u0924\u093E\u092C")]
    [InlineData("\u0995\u09CB \u0995\u09C7\u09BE", "\u0995\u09CB")]
    [InlineData("\u0643\u0650\u062A\u064E\u0627\u0628 \u0643\u062A\u0627\u0628 \u0643\u062A\u0640\u0640\u0627\u0628", "\u0643\u062A\u0627\u0628")]
    [InlineData("\u0623\u062D\u0645\u0631 \u0627\u0654\u062D\u0645\u0631", "\u0623\u062D\u0645\u0631")]
    [InlineData("\u05E9\u05C1\u05B8\u05DC\u05D5\u05B9\u05DD \u05E9\u05DC\u05D5\u05DD", "\u05E9\u05DC\u05D5\u05DD")]
    [InlineData("\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645", "\u0645\u06CC\u062E\u0648\u0627\u0647\u0645")]
    [InlineData("\u0645\u0660\u0663", "\u064503")]
    [InlineData("caf\u00E9\u2615\uFE0F1\uFE0F\u20E3", "cafe 1")]
    [InlineData("h\u2082o 5\u00B2", "h2o 52")]
    public void A_word_keeps_its_marks_and_is_the_same_in_every_form(string text, string words) => Assert.Equal(words, string.Join(' ', SearchWords.Of(text)));

    [Theory]
    [InlineData("无线耳机", "无线 线耳 耳机")]
    [InlineData("茶", "茶")]
    [InlineData("iPhone用ケース 2個", "iphone 用ケ ケー ース 2 個")]
    [InlineData("\u304B\u3099\u304D \u304C\u304D", "\u304C\u304D")]
    [InlineData("\u0E2B\u0E39\u0E1F\u0E31\u0E07", "\u0E2B\u0E39\u0E1F\u0E31 \u0E1F\u0E31\u0E07")]
    [InlineData("\U00020000\U00020001", "\U00020000\U00020001")]
    public void Of_scripts_without_spaces_each_two_letters_are_a_word(string text, string words) => Assert.Equal(words, string.Join(' ', SearchWords.Of(text)));

    [Fact]
    public void A_long_word_ends_between_two_characters()
    {
        var word = Assert.Single(SearchWords.Of("a" + string.Concat(Enumerable.Repeat("\U0001E922", 30))));

        Assert.Equal(39, word.Length);
        Assert.True(char.IsLowSurrogate(word[^1]));
    }

    [Fact]
    public void A_word_counts_at_the_best_place_it_stands_in()
    {
        var product = Fold(new Story(1, name: "Red lamp", category: "lamp shades", description: "A red shade for any lamp.", specifications: [("colour", "deep red"), ("any", "socket")]));

        Assert.Equal(
            ["red Name", "lamp Name", "shades Category", "any Specification", "socket Specification", "colour Specification", "deep Specification", "a Description", "shade Description", "for Description"],
            SearchWords.Of(product).Select(word => $"{word.Key} {word.Value}"));
    }

    [Fact]
    public void A_product_is_found_by_its_first_48_words_the_description_last()
    {
        var product = Fold(new Story(1, name: "Lamp", category: "light", description: string.Join(' ', Enumerable.Range(0, 100).Select(number => $"word{number}")), specifications: ("note", string.Join(' ', Enumerable.Range(0, 20).Select(number => $"note{number}")))));

        var words = SearchWords.Of(product);

        Assert.Equal(48, words.Count);
        Assert.Equal(9, words.Count(word => word.Value == WordPlace.Specification));
        Assert.Equal("word36", words.Last().Key);
    }

    [Fact]
    public void Of_a_query_five_words_count() => Assert.Equal(["a", "b", "c", "d", "e"], SearchWords.OfQuery("a b a c d e f"));

    [Fact]
    public void Place_counts_more_than_the_whole_word()
    {
        int[] scores =
        [
            .. Enum.GetValues<WordPlace>().SelectMany(place => new[] { SearchWords.Score("lamp", "lamp", place), SearchWords.Score("lamp", "lampshade", place) }),
            SearchWords.Score("lamp", "clamp", WordPlace.Name),
        ];

        Assert.Equal([8, 7, 6, 5, 4, 3, 2, 1, 0], scores);
        Assert.Equal((8, 0), (SearchWords.Score("\U0001E922", "\U0001E922", WordPlace.Name), SearchWords.Score("\U0001E922", "\U0001E922\U0001E923", WordPlace.Name)));
        Assert.Equal((8, 0), (SearchWords.Score("x", "x", WordPlace.Name), SearchWords.Score("x", "xylophone", WordPlace.Name)));
    }

    private static SearchDocument Fold(Story story) => new SearchProjection().Fold(story.Events)!.Document!;
}
