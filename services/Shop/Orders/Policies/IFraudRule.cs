namespace ServerlessCqrs.Shop.Orders.Policies;

/// <summary>
/// Selects the orders that wait for an operator. Replace it with your own rule and pass that to <see
/// cref="OrderDecider"/>. It sees only its arguments.
/// </summary>
public interface IFraudRule
{
    /// <summary>Returns why the order is held, for people, or null to let it pass.</summary>
    string? Suspicion(string customer, IReadOnlyList<OrderedLine> lines, Money total);
}
