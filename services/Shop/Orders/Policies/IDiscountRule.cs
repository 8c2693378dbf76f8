namespace ServerlessCqrs.Shop.Orders.Policies;

/// <summary>What an order costs less than its lines: the place to put a rule of your own, handed to <see cref="OrderDecider"/>. It knows only what it is given; what it said of an order stays said, since the events carry it.</summary>
public interface IDiscountRule
{
    /// <summary>The amount to take off: 0 to the subtotal, in its currency, to the cent. Anything else is a fault.</summary>
    decimal AmountOff(string customer, IReadOnlyList<OrderedLine> lines, Money subtotal);
}
