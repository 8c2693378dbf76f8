using ServerlessCqrs.Shop.Customers;
using ServerlessCqrs.Shop.Orders;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Shop.Reviews;
using ServerlessCqrs.Streams;
using static ServerlessCqrs.Shop.Specs.Products.Backpack;

namespace ServerlessCqrs.Shop.Specs;

/// <summary>The rule of texts, and that every text follows it.</summary>
public class TextsSpecs
{
    public static TheoryData<string, string> Possible => new()
    {
        { "Latin", "Crème brûlée" },
        { "decomposed", "Cre\u0300me bru\u0302le\u0301e" },
        { "Hebrew with points", "\u05e9\u05c1\u05b8\u05dc\u05d5\u05b9\u05dd" },
        { "Arabic and Latin with a direction mark", "\u0633\u0645\u0627\u0639\u0629 \u200eUSB-C\u200e" },
        { "Arabic number sign", "\u0600\u0661\u0662" },
        { "Persian with a non-joiner", "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645" },
        { "Persian plural of a Latin word", "USB\u200c\u0647\u0627" },
        { "Hindi with a joiner after virama", "\u0915\u094d\u200d\u0937" },
        { "Khmer with zero-width spaces", "\u1780\u17b6\u200b\u1794\u17bc\u1794" },
        { "Thai", "\u0e2b\u0e39\u0e1f\u0e31\u0e07" },
        { "Adlam", "\U0001E900\U0001E932\U0001E944" },
        { "Han beyond the basic plane", "\U00020BB7\u91ce\u5bb6" },
        { "Japanese with an ideographic space", "\u30d8\u30c3\u30c9\u3000\u30db\u30f3" },
        { "emoji", "\U0001F36E" },
        { "emoji with a presentation selector and a joiner", "\u2764\ufe0f\u200d\U0001F525" },
        { "family", "\U0001F468\u200d\U0001F469\u200d\U0001F467" },
        { "keycap", "1\ufe0f\u20e3" },
        { "skin tone and regional indicators", "\U0001F44D\U0001F3FD \U0001F1E9\U0001F1EA" },
        { "flag of Scotland", "\U0001F3F4\U000E0067\U000E0062\U000E0073\U000E0063\U000E0074\U000E007F" },
        { "balanced isolate", "by \u2068\u05e2\u05d1\u05e8\u05d9\u05ea\u2069 makers" },
        { "nested embedding", "\u202b\u05d0 \u2066abc\u2069 \u05d1\u202c" },
        { "no-break spaces", "10\u202f000\u00a0km" },
        { "private use", "\uf8ff" },
    };

    public static TheoryData<string, string> Impossible => new()
    {
        { "zero-width spaces alone", "\u200b\u200b" },
        { "a word joiner alone", "\u2060" },
        { "a byte order mark", "\ufeff" },
        { "a byte order mark in a word", "He\ufeffad" },
        { "Hangul fillers alone", "\u3164\uffa0\u115f" },
        { "blank Braille alone", "\u2800" },
        { "marks alone", "\u0301\u0302" },
        { "direction marks alone", "\u200e\u200f" },
        { "a selector alone", "\ufe0f" },
        { "right-to-left override", "Head\u202ephones" },
        { "left-to-right override, ended", "\u202dHead\u202cphones" },
        { "an isolate without an end", "\u2067abc" },
        { "an end without an isolate", "abc\u2069" },
        { "an embedding that an isolate's end closes", "\u202babc\u2069" },
        { "a line separator", "two\u2028lines" },
        { "a paragraph separator", "two\u2029paragraphs" },
        { "next line", "two\u0085lines" },
        { "a form feed", "two\fpages" },
        { "a control character", "bell\u0007" },
        { "a noncharacter", "a\uffff" },
        { "a noncharacter of plane 16", "a\U0010FFFE" },
        { "an unassigned character", "a\u0378" },
        { "half a pair", "a\ud83c" },
        { "the other half", "\udf6ea" },
        { "tags", "Head\U000E0068\U000E0069" },
        { "tags on another flag", "\U0001F3F4\U000E0078\U000E0079\U000E007F" },
        { "an interlinear annotation", "a\ufff9b\ufffbc" },
        { "invisible operators", "a\u2062b" },
        { "a joiner inside a word of ASCII", "He\u200dad" },
        { "a joiner at the end", "\u0915\u094d\u200d" },
        { "a joiner at the beginning", "\u200c\u0645" },
        { "joiners in a row", "\u0645\u200c\u200d\u06cc" },
        { "selectors in a row", "\u2764\ufe0f\ufe0e" },
    };

    [Theory]
    [MemberData(nameof(Possible))]
    public void Text_of_any_script_is_possible_everywhere(string what, string text)
    {
        Assert.NotEmpty(what);
        Assert.All(ShortTexts(text), command => Assert.Empty(command.Check()));
        Assert.All(LongTexts(text), violations => Assert.Empty(violations));
        Assert.All(LongTexts($"{text}\r\n\t{text}\n"), violations => Assert.Empty(violations));
        Assert.Empty(CustomerLimits.CheckName(text));
    }

    [Theory]
    [MemberData(nameof(Impossible))]
    public void Text_that_hides_something_is_refused_everywhere(string what, string text)
    {
        Assert.NotEmpty(what);
        Assert.All(ShortTexts(text), command => Assert.Single(command.Check()));
        Assert.All(LongTexts(text), violations => Assert.Single(violations));
        Assert.All(LongTexts($"A line.\n{text}\nAnother line."), violations => Assert.True(violations.Any() || IsHiddenAmongOthers(what), what));
        Assert.NotEmpty(CustomerLimits.CheckName(text));
    }

    [Fact]
    public void Line_ends_and_soft_hyphens_are_for_long_texts()
    {
        Assert.All(ShortTexts("two\nlines"), command => Assert.NotEmpty(command.Check()));
        Assert.All(ShortTexts("a\ttab"), command => Assert.NotEmpty(command.Check()));
        Assert.All(ShortTexts("Head\u00adphones"), command => Assert.NotEmpty(command.Check()));
        Assert.All(LongTexts("Head\u00adphones\n\tand more"), violations => Assert.Empty(violations));
    }

    [Fact]
    public void Isolate_ends_on_its_line() => Assert.All(LongTexts("\u2067abc\n\u2069"), violations => Assert.NotEmpty(violations));

    [Fact]
    public void Optional_text_may_be_blank()
    {
        Assert.Empty((Create with { Description = " \n " }).Check());
        Assert.NotEmpty((Create with { Name = " \u3000" }).Check());
    }

    // Marks and similar characters are visible next to others. They are invisible only as a whole text.
    private static bool IsHiddenAmongOthers(string what) => what.EndsWith(" alone", StringComparison.Ordinal);

    private static IEnumerable<ICommand> ShortTexts(string text) =>
    [
        Create with { Name = text },
        Create with { Specifications = new Dictionary<string, string> { [text] = "value" } },
        Create with { Specifications = new Dictionary<string, string> { ["key"] = text } },
        Create with { Images = [new NewImage(Front.ImageId, Front.Url, text)] },
        new ReviseProductDetails(text, null, null, null),
        new ReviseProductDetails(null, null, null, new Dictionary<string, string?> { [text] = "value" }),
        new AddProductImage(Front.ImageId, Front.Url, text),
        new AdjustInventory(1, text),
        new DeleteProduct(text),
        new CancelOrder(text),
        new RejectOrder(text),
        new RejectReview(text),
        new DeactivateUser(text),
    ];

    private static IEnumerable<IEnumerable<Violation>> LongTexts(string text) =>
    [
        (Create with { Description = text }).Check(),
        new ReviseProductDetails(null, text, null, null).Check(),
        ReviewLimits.Check(5, "Title", text),
    ];
}
