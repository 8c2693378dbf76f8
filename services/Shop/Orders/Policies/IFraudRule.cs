namespace ServerlessCqrs.Shop.Orders.Policies;

/// <summary>Which orders look wrong, and wait until an operator lets them pass: the place to put a rule of your own, handed to <see cref="OrderDecider"/>. It knows only what it is given.</summary>
public interface IFraudRule
{
    /// <summary>Why the order is held, for a person; null where nothing speaks against it.</summary>
    string? Suspicion(string customer, IReadOnlyList<OrderedLine> lines, Money total);
}
