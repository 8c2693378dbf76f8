using ServerlessCqrs.Projections;
using ServerlessCqrs.Projections.Lists;
using ServerlessCqrs.Shop;

namespace ServerlessCqrs.ShopViews.Orders;

/// <summary>The orders as their customers get them. Whose they are, who asks must look.</summary>
public interface IOrderQueries
{
    /// <summary>One order, read strongly consistent; null where there is none, or none yet.</summary>
    /// <exception cref="FormatException">What is stored cannot be read.</exception>
    Task<OrderDocument?> FindAsync(Guid order, CancellationToken ct);

    /// <summary>A customer's orders, newest first. It may be a moment behind the orders in it.</summary>
    /// <param name="limit">1 to 100.</param>
    /// <param name="cursor">What the page before gave as its next; null for the first page.</param>
    /// <exception cref="InvalidCursorException">The cursor is not one that this list gave.</exception>
    Task<OrderPage> OfCustomerAsync(string customer, int limit, string? cursor, CancellationToken ct);

    /// <summary>All of a customer's orders in numbers, read strongly consistent.</summary>
    Task<CustomerOrders> SummaryAsync(string customer, CancellationToken ct);
}

/// <summary>A page, and the cursor of the next; null at the end.</summary>
public sealed record OrderPage(
    IReadOnlyList<OrderDocument> Orders,
    string? Next);

/// <summary>A customer's orders in numbers.</summary>
/// <param name="Orders">All that were placed, whatever became of them.</param>
/// <param name="Confirmed">Those that are sold, and were not cancelled.</param>
/// <param name="Spent">What these cost, one amount a currency, by currency.</param>
/// <param name="Last">The newest that was placed; null where none was.</param>
public sealed record CustomerOrders(
    int Orders,
    int Confirmed,
    IReadOnlyList<Money> Spent,
    LastOrder? Last)
{
    /// <summary>As the orders' contributions add up; null is none.</summary>
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
