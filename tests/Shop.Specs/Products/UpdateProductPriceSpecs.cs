using ServerlessCqrs.Shop.Products;
using static ServerlessCqrs.Shop.Specs.Products.Backpack;

namespace ServerlessCqrs.Shop.Specs.Products;

public class UpdateProductPriceSpecs
{
    [Theory]
    [InlineData(99.99)]
    [InlineData(50)]
    [InlineData(10_000)]
    public void The_seller_sets_the_price(double amount) =>
        Given(Created).When(new UpdateProductPrice(Usd((decimal)amount)), Ada).Then(new ProductPriceUpdated(Usd(100), Usd((decimal)amount)));

    [Fact]
    public void A_price_cut_by_more_than_half_is_refused() => Given(Created).When(new UpdateProductPrice(Usd(49.99m)), Ada).ThenRefused("price_cut_too_deep");

    [Fact]
    public void A_price_cut_is_measured_against_the_price_before_it_not_the_first_one() =>
        Given(Created, new ProductPriceUpdated(Usd(100), Usd(60))).When(new UpdateProductPrice(Usd(30)), Ada).Then(new ProductPriceUpdated(Usd(60), Usd(30)));

    [Fact]
    public void Half_a_cent_is_not_rounded_away() =>
        Given(Created with { Price = Usd(0.03m) }).When(new UpdateProductPrice(Usd(0.01m)), Ada).ThenRefused("price_cut_too_deep");

    [Fact]
    public void Another_currency_is_refused() => Given(Created).When(new UpdateProductPrice(new Money(100, "EUR")), Ada).ThenRefused("currency_mismatch");

    [Theory]
    [InlineData(-1, "price_not_positive")]
    [InlineData(0, "price_not_positive")]
    [InlineData(10_001, "price_too_high")]
    [InlineData(79.999, "price_too_precise")]
    public void A_price_that_no_product_can_have_is_refused(double amount, string code) =>
        Given(Created).When(new UpdateProductPrice(Usd((decimal)amount)), Ada).ThenRefused(code);

    [Fact]
    public void The_price_it_already_has_changes_nothing() => Given(Created).When(new UpdateProductPrice(Usd(100.00m)), Ada).ThenUnchanged();
}
