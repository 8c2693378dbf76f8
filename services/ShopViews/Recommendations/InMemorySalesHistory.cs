using System.Runtime.CompilerServices;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.Shop.Orders;
using ServerlessCqrs.Shop.Products;

namespace ServerlessCqrs.ShopViews.Recommendations;

/// <summary>Computes sales by reading every event, for tests and comparisons.</summary>
public sealed class InMemorySalesHistory(IEventHistory history) : ISalesHistory
{
    public async Task<SalesMark> MarkAsync(SalesMark? last, CancellationToken ct)
    {
        var matters = await history.ReadAllAsync(null, ct)
            .Where(e => e.Event is OrderConfirmed or OrderCancelled or ProductCreated or ProductDetailsRevised or ProductDeleted)
            .Select(e => (e.Stream, e.Version))
            .ToHashSetAsync(cancellationToken: ct);
        var arrivals = await history.ReadArrivalsAsync((last?.At ?? DateTimeOffset.UnixEpoch) - SalesMark.Overlap, int.MaxValue, ct);
        return SalesMark.Of([.. arrivals.Where(arrival => matters.Contains((arrival.Stream, arrival.Version))).Select(arrival => arrival.ArrivedAt).OrderDescending().Take(SalesMark.MaxRows)], last);
    }

    public async IAsyncEnumerable<BoughtTogether> ReadBoughtTogetherAsync(DateTimeOffset since, int most, [EnumeratorCancellation] CancellationToken ct)
    {
        var categories = await CategoriesAsync(ct);
        var pairs = (await SoldAsync(since, ct))
            .SelectMany(lines => lines.SelectMany(_ => lines, (one, other) => (One: one.ProductId, Other: other.ProductId)))
            .Where(pair => pair.One != pair.Other && categories.ContainsKey(pair.One) && categories.ContainsKey(pair.Other));
        foreach (var product in pairs.GroupBy(pair => pair.One, pair => pair.Other))
            yield return new BoughtTogether(product.Key, Rank(product.GroupBy(other => other).Select(orders => new RankedProduct(orders.Key, orders.Count())), most));
    }

    public async IAsyncEnumerable<BestSellers> ReadBestSellersAsync(DateTimeOffset since, int most, [EnumeratorCancellation] CancellationToken ct)
    {
        var categories = await CategoriesAsync(ct);
        RankedProduct[] sold =
        [
            .. (await SoldAsync(since, ct))
                .SelectMany(lines => lines)
                .Where(line => categories.ContainsKey(line.ProductId))
                .GroupBy(line => line.ProductId)
                .Select(lines => new RankedProduct(lines.Key, lines.Sum(line => line.Quantity))),
        ];
        if (sold.Length > 0) yield return new BestSellers(null, Rank(sold, most));
        foreach (var category in sold.GroupBy(product => categories[product.ProductId])) yield return new BestSellers(category.Key, Rank(category, most));
    }

    private static RankedProduct[] Rank(IEnumerable<RankedProduct> products, int most) =>
        [.. products.OrderByDescending(product => product.Count).ThenBy(product => product.ProductId.ToString(), StringComparer.Ordinal).Take(most)];

    private async Task<IReadOnlyList<IReadOnlyList<OrderedLine>>> SoldAsync(DateTimeOffset since, CancellationToken ct)
    {
        var orders = await history.ReadAllAsync(OrderStreams.Category, ct).ToListAsync(ct);
        var cancelled = orders.Where(e => e.Event is OrderCancelled).Select(e => e.Stream).ToHashSet();
        return [.. orders.Where(e => e.At >= since && !cancelled.Contains(e.Stream)).DistinctBy(e => (e.Stream, e.Version)).Select(e => e.Event).OfType<OrderConfirmed>().Select(confirmed => confirmed.Lines)];
    }

    /// <summary>Returns the category of each existing product.</summary>
    private async Task<Dictionary<Guid, string>> CategoriesAsync(CancellationToken ct)
    {
        Dictionary<Guid, string> categories = [];
        await foreach (var e in history.ReadAllAsync(ProductStreams.Category, ct))
        {
            var product = Guid.Parse(e.Stream.Key);
            if (e.Event is ProductCreated created) categories[product] = created.Category;
            if (e.Event is ProductDetailsRevised { Category: { } category }) categories[product] = category;
            if (e.Event is ProductDeleted) categories.Remove(product);
        }

        return categories;
    }
}
