using ServerlessCqrs.Streams.Unicode;

namespace ServerlessCqrs.Shop.Specs.Unicode;

public class FoldedTextSpecs
{
    [Theory]
    [InlineData("Wireless HEADPHONES", "wireless headphones")]
    [InlineData("Caf\u00C9", "caf\u00E9")]
    [InlineData("Cafe\u0301", "caf\u00E9")]
    [InlineData("q\u0307\u0323", "q\u0323\u0307")]
    [InlineData("Stra\u00DFe STRA\u1E9EE", "strasse strasse")]
    [InlineData("\u0130I\u0131i", "i\u0307iii")]
    [InlineData("\u03A3\u03AF\u03C3\u03C5\u03C6\u03BF\u03C2", "\u03C3\u03AF\u03C3\u03C5\u03C6\u03BF\u03C3")]
    [InlineData("\uFF21\uFF34\uFF2D \uFB01lter \u2461", "atm filter 2")]
    [InlineData("\U0001E900\U0001E902", "\U0001E922\U0001E924")]
    [InlineData("\u0663\u0660 \u096A \U0001E952", "30 4 2")]
    [InlineData("\u1112\u1161\u11AB\u1100\u1173\u11AF \uD55C\uAE00", "\uD55C\uAE00 \uD55C\uAE00")]
    [InlineData("\uFF76\uFF9E \u304B\u3099", "\u30AC \u304C")]
    [InlineData("\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645 soft\u00ADware", "\u0645\u06CC\u062E\u0648\u0627\u0647\u0645 software")]
    [InlineData("\uFEEE\uFEE0", "\u0648\u0644")]
    [InlineData("30\u00BD \u2122 \u00AE", "30\u00BD \u2122 \u00AE")]
    [InlineData("", "")]
    public void Text_folds_case_normal_form_width_and_digits(string text, string folded)
    {
        Assert.Equal(folded, FoldedText.Of(text));
        Assert.Equal(folded, FoldedText.Of(folded));
        Assert.Equal(folded, FoldedText.Compose(FoldedText.Decompose(text)));
    }

    [Fact]
    public void Every_character_folds_once_and_for_all()
    {
        for (var code = 0; code <= 0x10FFFF; code++)
        {
            if (!System.Text.Rune.IsValid(code)) continue;
            var folded = FoldedText.Of(char.ConvertFromUtf32(code));
            Assert.Equal(folded, FoldedText.Of(folded));
        }
    }

    [Fact]
    public void A_lone_surrogate_folds_to_the_replacement_character() => Assert.Equal("a\uFFFD", FoldedText.Of("A\uD800"));
}
