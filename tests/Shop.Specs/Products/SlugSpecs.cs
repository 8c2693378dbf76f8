using ServerlessCqrs.Shop.Products;

namespace ServerlessCqrs.Shop.Specs.Products;

public class SlugSpecs
{
    [Theory]
    [InlineData("Wireless Headphones", "wireless-headphones")]
    [InlineData("  Men's -- 2-in-1 Jacket! ", "mens-2-in-1-jacket")]
    [InlineData("Crème Brûlée Straße", "creme-brulee-strasse")]
    [InlineData("İstanbul IŞIK", "stanbul-i-ik")]
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
