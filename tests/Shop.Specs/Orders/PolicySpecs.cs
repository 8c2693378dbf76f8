using ServerlessCqrs.Shop.Orders;
using ServerlessCqrs.Shop.Orders.Policies;
using ServerlessCqrs.Shop.Specs.Products;
using ServerlessCqrs.Streams;
using static ServerlessCqrs.Shop.Specs.Orders.Basket;

namespace ServerlessCqrs.Shop.Specs.Orders;

public class PolicySpecs
{
    [Theory]
    [InlineData(999.99, 0)]
    [InlineData(1_000, 50)]
    [InlineData(1_000.10, 50.01)]
    [InlineData(1_000.11, 50.01)]
    [InlineData(1_000.30, 50.02)]
    public void Five_percent_off_from_a_thousand_on_and_half_a_cent_counts_as_one(double subtotal, double off) =>
        Assert.Equal((decimal)off, new DiscountOnLargeOrders().AmountOff(Eve.Id, Lines, Backpack.Usd((decimal)subtotal)));

    [Theory]
    [InlineData(5_000, 50, false)]
    [InlineData(5_000.01, 50, true)]
    [InlineData(5_000, 51, true)]
    public void Held_is_what_costs_more_than_five_thousand_or_has_more_than_fifty_pieces(double total, int pieces, bool isHeld) =>
        Assert.Equal(isHeld, new HoldLargeOrders().Suspicion(Eve.Id, [Lines[0] with { Quantity = pieces - 1 }, Lines[1]], Backpack.Usd((decimal)total)) is not null);

    [Fact]
    public void The_rules_that_are_given_are_the_ones_that_decide()
    {
        IDecider decider = new OrderDecider(new Off(200), new Never());
        var state = Pending.Aggregate(decider.Initial, decider.Evolve);
        var accepted = Assert.IsType<Decision.Accepted>(decider.Decide(state, RecordBackpack, new CommandContext(ItsStream, OrderProcess.Itself, DateTimeOffset.UnixEpoch)));
        Assert.Equal(Backpack.Usd(30), Assert.IsType<OrderConfirmed>(accepted.Events[1]).Total);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(230.01)]
    [InlineData(0.001)]
    public void A_discount_that_cannot_be_is_a_fault_and_sells_nothing(double off)
    {
        IDecider decider = new OrderDecider(new Off((decimal)off), new Never());
        var state = Pending.Aggregate(decider.Initial, decider.Evolve);
        Assert.Throws<InvalidOperationException>(() => decider.Decide(state, RecordBackpack, new CommandContext(ItsStream, OrderProcess.Itself, DateTimeOffset.UnixEpoch)));
    }

    private sealed class Off(decimal amount) : IDiscountRule
    {
        public decimal AmountOff(string customer, IReadOnlyList<OrderedLine> lines, Money subtotal) => amount;
    }

    private sealed class Never : IFraudRule
    {
        public string? Suspicion(string customer, IReadOnlyList<OrderedLine> lines, Money total) => null;
    }
}
