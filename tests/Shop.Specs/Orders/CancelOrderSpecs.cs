using ServerlessCqrs.Shop.Orders;
using ServerlessCqrs.Streams;
using static ServerlessCqrs.Shop.Specs.Orders.Basket;

namespace ServerlessCqrs.Shop.Specs.Orders;

public class CancelOrderSpecs
{
    [Fact]
    public void A_customer_cancels_an_order_that_waits()
    {
        Given(Created).When(Cancel, Eve).Then(Cancelled);
        Given(Pending).When(Cancel, Eve).Then(Cancelled);
        Given(OnHold).When(Cancel, Eve).Then(Cancelled);
    }

    [Fact]
    public void A_customer_cancels_an_order_that_is_sold_and_the_event_says_so() => Given(Sold).When(Cancel, Eve).Then(Cancelled with { WasConfirmed = true });

    [Fact]
    public void A_rejected_order_cannot_be_cancelled() => Given(Ended).When(Cancel, Eve).ThenRefused("order_rejected");

    [Fact]
    public void Nobody_cancels_the_order_of_another() =>
        Assert.All([Pending, OnHold, Sold, Ended, CalledOff], life => Given(life).When(Cancel, Mallory).ThenRefused("not_your_order"));

    [Theory]
    [InlineData(ShopRoles.Seller)]
    [InlineData(Actor.Operator)]
    [InlineData(Actor.Process)]
    public void Only_a_customer_cancels(string role) => Given(Pending).When(Cancel, Eve with { Role = role }).ThenRefused("not_a_customer");

    [Fact]
    public void An_order_that_is_not_there_is_not_cancelled() => Given().When(Cancel, Eve).ThenRefused("order_not_found");

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("two\nlines")]
    public void A_reason_is_one_line(string reason) => Given(Pending).When(new CancelOrder(reason), Eve).ThenRefused("reason_invalid");

    [Fact]
    public void Cancelling_again_changes_nothing_whatever_the_reason() => Given(CalledOff).When(new CancelOrder("another reason"), Eve).ThenUnchanged();
}
