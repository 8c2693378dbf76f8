namespace ServerlessCqrs.ShopViews.Recommendations;

/// <summary>
/// Reads sales from the log: orders that were confirmed and not cancelled, of products that are not deleted. It may
/// lack a stream's latest commit.
/// </summary>
public interface ISalesHistory
{
    /// <summary>
    /// Returns a mark that differs from <paramref name="last"/> if an event that may change the rankings reached the
    /// log since. It reads only newer arrivals.
    /// </summary>
    Task<SalesMark> MarkAsync(SalesMark? last, CancellationToken ct);

    /// <summary>
    /// Streams, for each product, the products that were most often in the same orders. A product without others is
    /// missing.
    /// </summary>
    /// <param name="since">Orders that were confirmed at or after this time count.</param>
    /// <param name="most">The maximum number per product.</param>
    IAsyncEnumerable<BoughtTogether> ReadBoughtTogetherAsync(DateTimeOffset since, int most, CancellationToken ct);

    /// <summary>
    /// Streams, for each category and for all together, the products with the most sold pieces. A product counts in its
    /// current category.
    /// </summary>
    /// <inheritdoc cref="ReadBoughtTogetherAsync"/>
    IAsyncEnumerable<BestSellers> ReadBestSellersAsync(DateTimeOffset since, int most, CancellationToken ct);
}

/// <summary>The position up to which a log was checked.</summary>
/// <param name="At">The latest relevant arrival, by the log's clock.</param>
/// <param name="Rows">The number of relevant arrivals within <see cref="Overlap"/> before it. A row can become visible
/// after its time, and then the number grows.</param>
public sealed record SalesMark(
    DateTimeOffset At,
    int Rows)
{
    public static readonly TimeSpan Overlap = TimeSpan.FromSeconds(10);

    /// <summary>Beyond this number, the time of the latest arrival decides.</summary>
    internal const int MaxRows = 10_000;

    /// <summary>
    /// Returns the mark of these arrivals, the newest first. Without arrivals it keeps the last mark's time.
    /// </summary>
    internal static SalesMark Of(IReadOnlyList<DateTimeOffset> arrivals, SalesMark? last) => arrivals.Count == 0
        ? new SalesMark(last?.At ?? DateTimeOffset.UnixEpoch, 0)
        : new SalesMark(arrivals[0], arrivals.TakeWhile(at => at > arrivals[0] - Overlap).Count());
}

/// <summary>The products that were bought together with a product.</summary>
/// <param name="Others">The others with the number of common orders, the most first, and by id for equal
/// numbers.</param>
public sealed record BoughtTogether(
    Guid Product,
    IReadOnlyList<RankedProduct> Others);

/// <summary>The best-selling products of a category.</summary>
/// <param name="Category">Null for all categories together.</param>
/// <param name="Products">The products with the number of sold pieces, the most first, and by id for equal
/// numbers.</param>
public sealed record BestSellers(
    string? Category,
    IReadOnlyList<RankedProduct> Products);

/// <summary>A product and the count that ranks it.</summary>
public sealed record RankedProduct(
    Guid ProductId,
    long Count);
