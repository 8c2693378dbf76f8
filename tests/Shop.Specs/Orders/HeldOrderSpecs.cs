using ServerlessCqrs.Shop.Orders;
using ServerlessCqrs.Streams;
using static ServerlessCqrs.Shop.Specs.Orders.Basket;

namespace ServerlessCqrs.Shop.Specs.Orders;

/// <summary>What an operator can do with a held order.</summary>
public class HeldOrderSpecs
{
    private static readonly ApproveOrder Approve = new();
    private static readonly RejectOrder Reject = new("nobody needs that many");

    [Fact]
    public void An_operator_lets_it_pass_as_it_was_priced() => Given(OnHold).When(Approve, Olga).Then(Confirmed);

    [Fact]
    public void An_operator_turns_it_down() => Given(OnHold).When(Reject, Olga).Then(TimedOut with { Code = "turned_down", Reason = Reject.Reason });

    [Theory]
    [InlineData(ShopRoles.Seller)]
    [InlineData(ShopRoles.Customer)]
    [InlineData(Actor.Process)]
    public void Nobody_else_decides_on_it(string role)
    {
        Given(OnHold).When(Approve, Eve with { Role = role }).ThenRefused("not_an_operator");
        Given(OnHold).When(Reject, Eve with { Role = role }).ThenRefused("not_an_operator");
    }

    [Fact]
    public void An_order_that_is_not_held_is_not_decided_on()
    {
        Assert.All([Approve, (IOrderCommand)Reject], command => Given().When(command, Olga).ThenRefused("order_not_found"));
        Assert.All([Approve, (IOrderCommand)Reject], command => Given(Pending).When(command, Olga).ThenRefused("order_not_held"));
        Assert.All([Approve, (IOrderCommand)Reject], command => Given(CalledOff).When(command, Olga).ThenRefused("order_cancelled"));
        Given(Ended).When(Approve, Olga).ThenRefused("order_rejected");
        Given(Sold).When(Reject, Olga).ThenRefused("order_confirmed");
        Given(OnHold).When(new RejectOrder(""), Olga).ThenRefused("reason_invalid");
    }

    [Fact]
    public void Deciding_the_same_again_changes_nothing()
    {
        Given([.. OnHold, Confirmed]).When(Approve, Olga).ThenUnchanged();
        Given(Ended).When(Reject, Olga).ThenUnchanged();
    }

    [Fact]
    public void It_waits_as_long_as_it_takes() => Given(OnHold).When(new ExpireOrder(), OrderProcess.Itself, DateTimeOffset.UnixEpoch.AddYears(1)).ThenUnchanged();
}
