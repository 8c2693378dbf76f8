using ServerlessCqrs.Shop.Products;
using static ServerlessCqrs.Shop.Specs.Products.Backpack;

namespace ServerlessCqrs.Shop.Specs.Products;

public class ReturnStockSpecs
{
    private static readonly ReturnStock Return = new(Order, 2);

    [Fact]
    public void Sold_pieces_are_back_in_stock() => Given(Created, Reserved(2), new ReservationCompleted(Order)).When(Return, Process).Then(new StockReturned(Order, 2, 15));

    [Fact]
    public void No_limit_stands_against_what_comes_back() =>
        Given(Created, Reserved(2), new ReservationCompleted(Order), new InventoryAdjusted(999_987, 1_000_000, "delivered")).When(Return, Process).Then(new StockReturned(Order, 2, 1_000_002));

    [Fact]
    public void Return_before_the_completion_is_a_release_and_the_completion_changes_nothing()
    {
        Given(Created, Reserved(2)).When(Return, Process).Then(new StockReleased(Order, 2, 15));
        Given(Created, Reserved(2), new StockReleased(Order, 2, 15)).When(new CompleteReservation(Order), Process).ThenUnchanged();
    }

    [Fact]
    public void Repeated_return_is_known_only_by_its_remembered_command_id() =>
        Given(Created, Reserved(2), new ReservationCompleted(Order), new StockReturned(Order, 2, 15)).When(Return, Process).Then(new StockReturned(Order, 2, 17));

    [Fact]
    public void A_deleted_product_takes_nothing_back() => Given(Created, Reserved(2), new ReservationCompleted(Order), Deleted).When(Return, Process).ThenUnchanged();

    [Fact]
    public void Returning_nothing_is_refused() => Given(Created).When(Return with { Quantity = 0 }, Process).ThenRefused("quantity_out_of_range");
}
