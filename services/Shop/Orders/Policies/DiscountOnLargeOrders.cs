namespace ServerlessCqrs.Shop.Orders.Policies;

/// <summary>Takes 5 % off a subtotal of 1,000 or more in any currency, rounded half up to the cent.</summary>
public sealed class DiscountOnLargeOrders : IDiscountRule
{
    private const decimal Large = 1_000m;
    private const decimal Rate = 0.05m;

    public decimal AmountOff(string customer, IReadOnlyList<OrderedLine> lines, Money subtotal) =>
        subtotal.Amount >= Large ? decimal.Round(subtotal.Amount * Rate, 2, MidpointRounding.AwayFromZero) : 0;
}
