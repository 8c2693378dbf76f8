namespace ServerlessCqrs.Shop.Orders.Policies;

/// <summary>
/// Computes an order's discount. Replace it with your own rule and pass that to <see cref="OrderDecider"/>. It sees
/// only its arguments. Later changes of the rule do not affect old orders, because their events contain the discount.
/// </summary>
public interface IDiscountRule
{
    /// <summary>
    /// Returns the amount to take off: 0 to the subtotal, in its currency, with at most two digits after the point. Any
    /// other value is an error.
    /// </summary>
    decimal AmountOff(string customer, IReadOnlyList<OrderedLine> lines, Money subtotal);
}
