using ServerlessCqrs.ReadModels.Search;
using ServerlessCqrs.ReadModels.Specs.Given;

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
    public void The_place_counts_more_than_the_whole_word_and_nothing_is_answered_by_another_word()
    {
        int[] scores =
        [
            .. Enum.GetValues<WordPlace>().SelectMany(place => new[] { SearchWords.Score("lamp", "lamp", place), SearchWords.Score("lamp", "lampshade", place) }),
            SearchWords.Score("lamp", "clamp", WordPlace.Name),
        ];

        Assert.Equal([8, 7, 6, 5, 4, 3, 2, 1, 0], scores);
        Assert.Equal((8, 0), (SearchWords.Score("x", "x", WordPlace.Name), SearchWords.Score("x", "xylophone", WordPlace.Name)));
    }

    private static SearchDocument Fold(Story story) => new SearchProjection().Fold(story.Events)!.Document!;
}
