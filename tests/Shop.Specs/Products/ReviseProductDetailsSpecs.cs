using ServerlessCqrs.Shop.Products;
using static ServerlessCqrs.Shop.Specs.Products.Backpack;

namespace ServerlessCqrs.Shop.Specs.Products;

public class ReviseProductDetailsSpecs
{
    [Fact]
    public void Only_what_differs_is_revised() =>
        Given(Created)
            .When(new ReviseProductDetails("Day Pack", Create.Description, "bags", new Dictionary<string, string?> { ["volume"] = "40 l", ["weight"] = "900 g" }), Ada)
            .Then(new ProductDetailsRevised("Day Pack", null, "bags", new Dictionary<string, string?> { ["weight"] = "900 g" }));

    [Fact]
    public void A_specification_set_to_null_is_removed() =>
        Given(Created)
            .When(Specifications(("volume", null)), Ada)
            .Then(new ProductDetailsRevised(null, null, null, new Dictionary<string, string?> { ["volume"] = null }));

    [Fact]
    public void Specifications_may_not_grow_beyond_fifty_by_and_by()
    {
        var fifty = Enumerable.Range(1, 50).ToDictionary(i => $"key {i}", i => $"{i}");
        Given(Created with { Specifications = fifty }).When(Specifications(("one more", "1")), Ada).ThenRefused("too_many_specifications");
        Given(Created with { Specifications = fifty }).When(Specifications(("key 1", null), ("one more", "1")), Ada).Then(
            new ProductDetailsRevised(null, null, null, new Dictionary<string, string?> { ["key 1"] = null, ["one more"] = "1" }));
    }

    [Fact]
    public void Nothing_to_revise_is_refused() => Given(Created).When(new ReviseProductDetails(null, null, null, null), Ada).ThenRefused("nothing_to_revise");

    [Fact]
    public void What_it_already_says_changes_nothing() =>
        Given(Created)
            .When(new ReviseProductDetails(Create.Name, Create.Description, Create.Category, new Dictionary<string, string?> { ["volume"] = "40 l", ["unheard of"] = null }), Ada)
            .ThenUnchanged();

    [Fact]
    public void What_it_says_since_the_last_revision_counts()
    {
        var renamed = new ProductDetailsRevised("Day Pack", null, null, null);
        Given(Created, renamed).When(new ReviseProductDetails("Day Pack", null, null, null), Ada).ThenUnchanged();
        Given(Created, renamed).When(new ReviseProductDetails(Create.Name, null, null, null), Ada).Then(new ProductDetailsRevised(Create.Name, null, null, null));
    }

    private static ReviseProductDetails Specifications(params (string Key, string? Value)[] entries) => new(null, null, null, entries.ToDictionary(entry => entry.Key, entry => entry.Value));
}
