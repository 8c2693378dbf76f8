using ServerlessCqrs.Shop.Orders;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Streams;
using static ServerlessCqrs.Shop.Specs.Products.Backpack;

namespace ServerlessCqrs.Shop.Specs.Products;

public class ReserveStockSpecs
{
    [Theory]
    [InlineData(1, 14)]
    [InlineData(15, 0)]
    public void An_order_takes_pieces_out_of_the_stock_at_the_price_of_that_moment(int quantity, int remaining) =>
        Given(Created, new ProductPriceUpdated(Usd(100), Usd(80)))
            .When(Reserve with { Quantity = quantity }, Process)
            .Then(new StockReserved(Order, quantity, remaining, Usd(80), Ada.Id));

    [Fact]
    public void More_than_there_is_is_declined_and_nothing_is_taken() =>
        Given(Created).When(Reserve with { Quantity = 16 }, Process).Then(new StockReservationDeclined(Order, "insufficient_stock", "There are only 15 in stock."));

    [Fact]
    public void What_is_reserved_is_not_there_for_another_order() =>
        Given(Created, Reserved(13)).When(Reserve with { OrderId = AnotherOrder, Quantity = 3 }, Process).Then(new StockReservationDeclined(AnotherOrder, "insufficient_stock", "There are only 2 in stock."));

    [Fact]
    public void What_is_reserved_is_not_there_for_the_seller_either() =>
        Given(Created, Reserved(13)).When(new AdjustInventory(-3, "damaged"), Ada).ThenRefused("insufficient_stock");

    [Fact]
    public void A_deleted_product_declines_as_well_for_the_order_must_hear_of_it() =>
        Given(Created, Deleted).When(Reserve, Process).Then(new StockReservationDeclined(Order, "product_deleted", "The product was deleted."));

    [Fact]
    public void A_reservation_that_comes_when_its_order_waits_no_longer_is_declined()
    {
        Given(Created).When(Reserve, Process, ReserveBy).Then(Reserved(2));
        Given(Created).When(Reserve, Process, ReserveBy.AddMilliseconds(1)).Then(TooLate);
    }

    [Fact]
    public void A_reservation_that_comes_after_its_release_is_declined() => Given(Created, Barred).When(Reserve, Process).Then(TooLate);

    [Fact]
    public void Reserving_again_changes_nothing() => Given(Created, Reserved(2)).When(Reserve, Process, ReserveBy.AddDays(1)).ThenUnchanged();

    [Fact]
    public void The_pieces_of_a_thousand_orders_can_be_set_aside_at_once_and_no_more()
    {
        IReadOnlyList<IEvent> thousand = [Created with { Quantity = 5_000 }, .. Enumerable.Range(1, 1_000).Select(i => Reserved(1) with { OrderId = new Guid(i, 0, 0, new byte[8]), Remaining = 5_000 - i })];
        Given(thousand).When(Reserve, Process).Then(new StockReservationDeclined(Order, "too_many_reservations", "Too many orders ask for it at once; it may be tried again."));
        Given([.. thousand, new ReservationCompleted(new Guid(7, 0, 0, new byte[8]))]).When(Reserve, Process).Then(Reserved(2) with { Remaining = 3_998 });
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Reserving_nothing_is_refused(int quantity) => Given(Created).When(Reserve with { Quantity = quantity }, Process).ThenRefused("quantity_out_of_range");

    [Fact]
    public void The_process_waits_for_a_product_as_long_as_the_queue_that_looks_again_can_delay() =>
        Assert.InRange(OrderLimits.ReservationWindow, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(15));
}
