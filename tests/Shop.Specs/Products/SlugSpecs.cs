using ServerlessCqrs.Shop.Products;

namespace ServerlessCqrs.Shop.Specs.Products;

public class SlugSpecs
{
    [Theory]
    [InlineData("Wireless Headphones", "wireless-headphones")]
    [InlineData("  Men's -- 2-in-1 Jacket! ", "mens-2-in-1-jacket")]
    [InlineData("Crème Brûlée Straße", "creme-brulee-strasse")]
    [InlineData("Cre\u0300me Bru\u0302le\u0301e", "creme-brulee")]
    [InlineData("Cip\u0151 cipo\u030B, \u0141\u00F3d\u017A", "cipo-cipo-lodz")]
    [InlineData("\u0130stanbul I\u015EIK \u0131\u015F\u0131k", "istanbul-isik-isik")]
    [InlineData("Ti\u1EBFng Vi\u1EC7t", "tieng-viet")]
    [InlineData("\uFF21\uFF22 \u0663", "ab-3")]
    [InlineData("Acme\u2122 lamp", "acme-lamp")]
    [InlineData("\u0939\u093F\u0928\u094D\u0926\u0940 lamp", "lamp")]
    [InlineData("耳机", "product")]
    [InlineData("", "product")]
    public void A_slug_is_lower_case_ascii_words_joined_by_dashes(string name, string slug) => Assert.Equal(slug, Slug.Of(name));

    [Fact]
    public void A_slug_has_at_most_eighty_characters()
    {
        Assert.Equal(new string('n', 80), Slug.Of(new string('n', 200)));
        Assert.Equal(79, Slug.Of(new string('n', 79) + " next").Length);
    }
}
