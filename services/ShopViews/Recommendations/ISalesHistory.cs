namespace ServerlessCqrs.ShopViews.Recommendations;

/// <summary>What the log says of sales: of orders that were confirmed and not cancelled, and of products that are not deleted. It may lack a stream's newest commit.</summary>
public interface ISalesHistory
{
    /// <summary>Another mark than <paramref name="last"/> once something reached the log that may change what the rankings say; reads only what arrived since.</summary>
    Task<SalesMark> MarkAsync(SalesMark? last, CancellationToken ct);

    /// <summary>For each product those that most often stood in the same orders, streamed; a product that was always alone is missing.</summary>
    /// <param name="since">Only orders confirmed at or after this time.</param>
    /// <param name="most">So many for each product, at most.</param>
    IAsyncEnumerable<BoughtTogether> ReadBoughtTogetherAsync(DateTimeOffset since, int most, CancellationToken ct);

    /// <summary>For each category, and for all together, the products of which most pieces were sold, streamed. A product counts in the category that it is in now.</summary>
    /// <inheritdoc cref="ReadBoughtTogetherAsync"/>
    IAsyncEnumerable<BestSellers> ReadBestSellersAsync(DateTimeOffset since, int most, CancellationToken ct);
}

/// <summary>How far a log was looked at.</summary>
/// <param name="At">The newest arrival that matters, by the log's clock.</param>
/// <param name="Rows">How many of them arrived within <see cref="Overlap"/> before that: a row can be seen a moment after its time, and then there is one more.</param>
public sealed record SalesMark(
    DateTimeOffset At,
    int Rows)
{
    public static readonly TimeSpan Overlap = TimeSpan.FromSeconds(10);

    /// <summary>Beyond so many at once it is the newest one's time that tells.</summary>
    internal const int MaxRows = 10_000;

    /// <summary>The mark of these arrivals, the newest first; of none, where the last one was.</summary>
    internal static SalesMark Of(IReadOnlyList<DateTimeOffset> arrivals, SalesMark? last) => arrivals.Count == 0
        ? new SalesMark(last?.At ?? DateTimeOffset.UnixEpoch, 0)
        : new SalesMark(arrivals[0], arrivals.TakeWhile(at => at > arrivals[0] - Overlap).Count());
}

/// <summary>What was bought together with a product.</summary>
/// <param name="Others">With how many orders they stood in together with it; the most first, and by id where they are as many.</param>
public sealed record BoughtTogether(
    Guid Product,
    IReadOnlyList<RankedProduct> Others);

/// <summary>What sold best in a category.</summary>
/// <param name="Category">Null for all categories together.</param>
/// <param name="Products">With how many pieces were sold; the most first, and by id where they are as many.</param>
public sealed record BestSellers(
    string? Category,
    IReadOnlyList<RankedProduct> Products);

/// <summary>A product and what it is ranked by.</summary>
public sealed record RankedProduct(
    Guid ProductId,
    long Count);
