using ServerlessCqrs.Projections;
using ServerlessCqrs.Projections.Lists;
using ServerlessCqrs.Shop;

namespace ServerlessCqrs.ShopViews.Orders;

/// <summary>Reads orders for their customers. The caller must check whose they are.</summary>
public interface IOrderQueries
{
    /// <summary>Returns one order (strongly consistent), or null if it does not exist or is not visible yet.</summary>
    /// <exception cref="FormatException">The stored order cannot be read.</exception>
    Task<OrderDocument?> FindAsync(Guid order, CancellationToken ct);

    /// <summary>Returns a customer's orders, the newest first. The list may lag behind the orders.</summary>
    /// <param name="limit">1 to 100.</param>
    /// <param name="cursor">The previous page's cursor, or null for the first page.</param>
    /// <exception cref="InvalidCursorException">The cursor does not come from this list.</exception>
    Task<OrderPage> OfCustomerAsync(string customer, int limit, string? cursor, CancellationToken ct);

    /// <summary>Returns the totals of a customer's orders, strongly consistent.</summary>
    Task<CustomerOrders> SummaryAsync(string customer, CancellationToken ct);
}

/// <summary>A page, and the cursor of the next one, or null at the end.</summary>
public sealed record OrderPage(
    IReadOnlyList<OrderDocument> Orders,
    string? Next);

/// <summary>The totals of a customer's orders.</summary>
/// <param name="Orders">The number of orders in any state.</param>
/// <param name="Confirmed">The number of sold orders that were not cancelled.</param>
/// <param name="Spent">The total of these, one amount per currency, sorted by currency.</param>
/// <param name="Last">The most recent order, or null if there is none.</param>
public sealed record CustomerOrders(
    int Orders,
    int Confirmed,
    IReadOnlyList<Money> Spent,
    LastOrder? Last)
{
    /// <summary>Converts the sum of the orders' contributions. Null means none.</summary>
    internal static CustomerOrders Of(Contribution? sum) => new(
        (int)(sum?.Sums.GetValueOrDefault(OrderProjection.Orders) ?? 0),
        (int)(sum?.Sums.GetValueOrDefault(OrderProjection.Confirmed) ?? 0),
        [
            .. (sum?.Sums ?? new Dictionary<string, decimal>())
                .Where(one => one.Key.StartsWith(OrderProjection.Spent, StringComparison.Ordinal) && one.Value != 0)
                .Select(one => new Money(one.Value, one.Key[OrderProjection.Spent.Length..]))
                .OrderBy(money => money.Currency, StringComparer.Ordinal),
        ],
        sum?.Latest is { } latest && TimeKey.Read(latest) is var (at, id) ? new LastOrder(id, at) : null);
}

public sealed record LastOrder(
    Guid Id,
    DateTimeOffset CreatedAt);
