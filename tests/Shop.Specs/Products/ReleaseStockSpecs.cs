using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Streams;
using static ServerlessCqrs.Shop.Specs.Products.Backpack;

namespace ServerlessCqrs.Shop.Specs.Products;

public class ReleaseStockSpecs
{
    [Fact]
    public void Reserved_pieces_are_back_in_stock() =>
        Given(Created, Reserved(13)).When(Release, Process).Then(new StockReleased(Order, 13, 15));

    [Fact]
    public void They_are_back_whatever_the_time() => Given(Created, Reserved(13)).When(Release, Process, ReserveBy.AddDays(1)).Then(new StockReleased(Order, 13, 15));

    [Fact]
    public void They_are_back_even_where_the_seller_has_filled_up_the_stock_meanwhile() =>
        Given(Created, Reserved(13), new InventoryAdjusted(999_998, 1_000_000, "delivered")).When(Release, Process).Then(new StockReleased(Order, 13, 1_000_013));

    [Fact]
    public void A_release_that_overtakes_its_reservation_bars_it() => Given(Created).When(Release, Process, ReserveBy).Then(Barred);

    [Fact]
    public void Once_a_reservation_would_come_too_late_anyway_nothing_is_remembered() => Given(Created).When(Release, Process, ReserveBy.AddMilliseconds(1)).ThenUnchanged();

    [Fact]
    public void Releasing_again_changes_nothing() => Given(Created, Barred).When(Release, Process).ThenUnchanged();

    [Fact]
    public void A_deleted_products_stock_was_written_off_with_what_was_reserved() => Given(Created, Reserved(2), Deleted).When(Release, Process).ThenUnchanged();

    [Fact]
    public void However_many_orders_are_barred_the_tip_stays_small_and_none_of_them_is_let_in()
    {
        var decider = ShopDomain.Instance.DeciderOf(ItsStream)!;
        var bars = Enumerable.Range(1, 500).Select(i => new ReservationBarred(new Guid(i, 0, 0, new byte[8]), ReserveBy.AddSeconds(i * 37 % 500))).ToList();
        var state = bars.Prepend<IEvent>(Created).Aggregate(decider.Initial, decider.Evolve);
        Assert.InRange(decider.WriteState(state).Length, 1, 3_000);
        Assert.All(bars, bar =>
        {
            var late = decider.Decide(state, Reserve with { OrderId = bar.OrderId, ReserveBy = bar.Until }, new CommandContext(ItsStream, Process, ReserveBy));
            Assert.Equal("reservation_too_late", Assert.IsType<StockReservationDeclined>(Assert.Single(Assert.IsType<Decision.Accepted>(late).Events)).Code);
            Assert.IsType<Decision.Nothing>(decider.Decide(state, Release with { OrderId = bar.OrderId, ReserveBy = bar.Until }, new CommandContext(ItsStream, Process, ReserveBy)));
        });
        var newer = decider.Decide(state, Reserve with { ReserveBy = ReserveBy.AddSeconds(500) }, new CommandContext(ItsStream, Process, ReserveBy));
        Assert.IsType<StockReserved>(Assert.Single(Assert.IsType<Decision.Accepted>(newer).Events));
    }
}
