using ServerlessCqrs.Shop.Products;
using static ServerlessCqrs.Shop.Specs.Products.Backpack;

namespace ServerlessCqrs.Shop.Specs.Products;

public class AdjustInventorySpecs
{
    [Theory]
    [InlineData(-15, 0)]
    [InlineData(-3, 12)]
    [InlineData(999_985, 1_000_000)]
    public void The_seller_adds_and_takes_pieces(int delta, int quantity) =>
        Given(Created).When(new AdjustInventory(delta, "counted"), Ada).Then(new InventoryAdjusted(delta, quantity, "counted"));

    [Fact]
    public void Stock_never_falls_below_zero() => Given(Created).When(new AdjustInventory(-16, "damaged"), Ada).ThenRefused("insufficient_stock");

    [Fact]
    public void Stock_never_rises_above_a_million() => Given(Created).When(new AdjustInventory(999_986, "delivered"), Ada).ThenRefused("stock_too_high");

    [Fact]
    public void Adding_nothing_is_refused() => Given(Created).When(new AdjustInventory(0, "counted"), Ada).ThenRefused("delta_out_of_range");

    [Fact]
    public void Repeated_delta_is_known_only_by_its_remembered_command_id() =>
        Given(Created, new InventoryAdjusted(-3, 12, "damaged")).When(new AdjustInventory(-3, "damaged"), Ada).Then(new InventoryAdjusted(-3, 9, "damaged"));
}
