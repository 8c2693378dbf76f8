namespace ServerlessCqrs.Shop.Orders.Policies;

/// <summary>Holds an order with a total above 5,000 in any currency, or with more than 50 pieces.</summary>
public sealed class HoldLargeOrders : IFraudRule
{
    private const decimal MaxTotal = 5_000m;
    private const int MaxPieces = 50;

    public string? Suspicion(string customer, IReadOnlyList<OrderedLine> lines, Money total)
    {
        if (total.Amount > MaxTotal) return $"The total is above {MaxTotal:0}.";
        return lines.Sum(line => line.Quantity) > MaxPieces ? $"There are more than {MaxPieces} pieces." : null;
    }
}
