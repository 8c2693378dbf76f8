using ServerlessCqrs.Shop.Orders;
using ServerlessCqrs.Shop.Specs.Products;
using static ServerlessCqrs.Shop.Specs.Orders.Basket;
using static ServerlessCqrs.Shop.Specs.Products.Backpack;

namespace ServerlessCqrs.Shop.Specs.Orders;

/// <summary>How the answers of its products change an order.</summary>
public class ReservingSpecs
{
    private static readonly RecordDecline LampDeclines = new(Lamp, "insufficient_stock", "There are only 0 in stock.");

    [Fact]
    public void An_answer_that_is_not_the_last_is_kept() => Basket.Given(Basket.Created).When(RecordLamp, Process).Then(LampReserved);

    [Fact]
    public void Last_answer_confirms_the_order_and_its_lines_keep_their_order()
    {
        Basket.Given(Basket.Created, LampReserved).When(RecordBackpack, Process).Then(BackpackReserved, Confirmed);
        Basket.Given(Basket.Created, BackpackReserved).When(RecordLamp, Process).Then(LampReserved, Confirmed);
    }

    [Fact]
    public void Large_orders_get_their_discount() =>
        Basket.Given(Basket.Created, LampReserved).When(RecordBackpack with { UnitPrice = Usd(485.01m) }, Process).Then(
            BackpackReserved with { UnitPrice = Usd(485.01m) },
            new OrderConfirmed(Eve.Id, [Lines[0] with { UnitPrice = Usd(485.01m) }, Lines[1]], Usd(1_000.02m), Usd(50.00m), Usd(950.02m)));

    [Fact]
    public void An_order_that_looks_wrong_is_held() =>
        Basket.Given(Basket.Created, LampReserved).When(RecordBackpack with { UnitPrice = Usd(2_800) }, Process).Then(
            BackpackReserved with { UnitPrice = Usd(2_800) },
            new OrderHeld([Lines[0] with { UnitPrice = Usd(2_800) }, Lines[1]], Usd(5_630), Usd(281.50m), Usd(5_348.50m), "The total is above 5000."));

    [Fact]
    public void Two_currencies_in_one_order_end_it()
    {
        var euros = RecordBackpack with { UnitPrice = new Money(100, "EUR") };
        Basket.Given(Basket.Created, LampReserved).When(euros, Process).Then(
            BackpackReserved with { UnitPrice = new Money(100, "EUR") },
            TimedOut with { Code = "currencies_mixed", Reason = "All items of an order must be sold in one currency." });
    }

    [Fact]
    public void One_product_that_declines_ends_the_order_and_has_nothing_to_put_back() =>
        Basket.Given(Basket.Created, BackpackReserved).When(LampDeclines, Process).Then(
            new OrderItemDeclined(Lamp, LampDeclines.Code, LampDeclines.Reason),
            new OrderRejected(Eve.Id, Items, Lamp, LampDeclines.Code, LampDeclines.Reason, ReserveBy));

    [Fact]
    public void A_product_that_is_not_in_the_order_has_no_say()
    {
        Basket.Given(Pending).When(RecordBackpack with { ProductId = Order }, Process).ThenRefused("not_in_the_order");
        Basket.Given(Pending).When(RecordBackpack with { Quantity = 3 }, Process).ThenRefused("not_in_the_order");
        Basket.Given(Pending).When(LampDeclines with { ProductId = Order }, Process).ThenRefused("not_in_the_order");
    }

    [Fact]
    public void The_same_answer_again_changes_nothing()
    {
        Basket.Given(Pending).When(RecordLamp, Process).ThenUnchanged();
        Basket.Given(Pending).When(LampDeclines, Process).ThenUnchanged();
    }

    [Fact]
    public void What_is_recorded_after_the_end_changes_nothing() => Assert.All([OnHold, Sold, Ended, CalledOff], life =>
    {
        Basket.Given(life).When(RecordLamp, Process).ThenUnchanged();
        Basket.Given(life).When(LampDeclines, Process).ThenUnchanged();
        Basket.Given(life).When(new ExpireOrder(), Process, ReserveBy).ThenUnchanged();
    });

    [Fact]
    public void An_order_whose_products_do_not_answer_ends_with_its_time()
    {
        Basket.Given(Basket.Created).When(new ExpireOrder(), Process, ReserveBy).Then(TimedOut);
        Basket.Given(Pending).When(new ExpireOrder(), Process, ReserveBy).Then(TimedOut);
    }

    [Fact]
    public void The_process_refuses_an_order_that_may_not_be()
    {
        var refuse = new RefuseOrder("user_deactivated", "The customer was deactivated.");
        var refused = TimedOut with { Code = refuse.Code, Reason = refuse.Reason };
        Basket.Given(Pending).When(refuse, Process).Then(refused);
        Basket.Given(OnHold).When(refuse, Process).Then(refused);
        Assert.All([Sold, Ended, CalledOff], life => Basket.Given(life).When(refuse, Process).ThenUnchanged());
    }

    public static TheoryData<IOrderCommand> OfTheProcess => [RecordBackpack, LampDeclines, new ExpireOrder(), new RefuseOrder("user_deactivated", "The customer was deactivated.")];

    [Theory]
    [MemberData(nameof(OfTheProcess))]
    public void Nobody_but_the_process_answers_for_the_products(IOrderCommand command)
    {
        Assert.All(ShopRoles.All, role => Basket.Given(Pending).When(command, Eve with { Role = role }).ThenRefused("not_the_process"));
        Basket.Given().When(command, Process).ThenRefused("order_not_found");
        Assert.False(ShopDomain.Instance.DeciderOf(Basket.ItsStream)!.Creates(command));
    }
}
