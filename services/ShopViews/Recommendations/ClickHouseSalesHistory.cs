using System.Runtime.CompilerServices;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Orders;
using ServerlessCqrs.Shop.Products;

namespace ServerlessCqrs.ShopViews.Recommendations;

/// <summary>
/// Computes sales in ClickHouse. A ranking is one query over the events, and the result is as long as the ranking. It
/// reads events as they are stored, without their upcasts. If you change one of the events below, check the query.
/// </summary>
public sealed class ClickHouseSalesHistory(ClickHouseDatabase database) : ISalesHistory
{
    private const string Product = $"substring(stream_id, length('{ProductStreams.Category}-') + 1)";

    private static readonly string Confirmed = NameOf<OrderConfirmed>();
    private static readonly string Cancelled = NameOf<OrderCancelled>();
    private static readonly string Created = NameOf<ProductCreated>();
    private static readonly string Revised = NameOf<ProductDetailsRevised>();
    private static readonly string Ended = NameOf<ProductDeleted>();

    // Each order is confirmed once, and read once even if its row is stored several times.
    private static readonly string Sold = $$"""
        SELECT JSONExtract(data, 'lines', 'Array(Tuple(productId String, quantity Int64))') AS lines FROM events
        WHERE startsWith(stream_id, '{{OrderStreams.Category}}-') AND type = '{{Confirmed}}' AND at >= fromUnixTimestamp64Milli({since:Int64}, 'UTC')
        AND stream_id NOT IN (SELECT stream_id FROM events WHERE startsWith(stream_id, '{{OrderStreams.Category}}-') AND type = '{{Cancelled}}')
        LIMIT 1 BY stream_id
        """;

    private static readonly string Deleted = $"SELECT {Product} FROM events WHERE startsWith(stream_id, '{ProductStreams.Category}-') AND type = '{Ended}'";

    // A revision of other fields does not contain the category.
    private static readonly string Categories = $"""
        SELECT {Product} AS product, argMax(JSONExtractString(data, 'category'), version) AS category FROM events
        WHERE startsWith(stream_id, '{ProductStreams.Category}-') AND type IN ('{Created}', '{Revised}') AND JSONExtractString(data, 'category') != ''
        GROUP BY product
        """;

    public async Task<SalesMark> MarkAsync(SalesMark? last, CancellationToken ct)
    {
        var after = (last?.At ?? DateTimeOffset.UnixEpoch) - SalesMark.Overlap;
        var arrivals = await database.ReadAsync(
            "read the newest arrivals of sales",
            $$"""
            SELECT arrived_at FROM arrivals
            WHERE arrived_at > fromUnixTimestamp64Milli({after:Int64}, 'UTC') AND (stream_id, version) IN (
                SELECT stream_id, version FROM events
                WHERE (stream_id, version) IN (SELECT stream_id, version FROM arrivals WHERE arrived_at > fromUnixTimestamp64Milli({after:Int64}, 'UTC'))
                AND type IN ('{{Confirmed}}', '{{Cancelled}}', '{{Created}}', '{{Revised}}', '{{Ended}}'))
            ORDER BY arrived_at DESC LIMIT {limit:Int32}
            """,
            new Parameters().Add("after", "Int64", after.ToUnixTimeMilliseconds()).Add("limit", "Int32", SalesMark.MaxRows),
            row => new DateTimeOffset(row.GetDateTime(0), TimeSpan.Zero),
            ct);
        return SalesMark.Of(arrivals, last);
    }

    public IAsyncEnumerable<BoughtTogether> ReadBoughtTogetherAsync(DateTimeOffset since, int most, CancellationToken ct) => ReadAsync(
        "rank what was bought together",
        $$"""
        SELECT one, other, toInt64(count()) AS orders
        FROM (SELECT one, arrayJoin(products) AS other FROM (SELECT products, arrayJoin(products) AS one FROM (SELECT arrayMap(line -> line.1, lines) AS products FROM ({{Sold}}))))
        WHERE one != other AND one NOT IN ({{Deleted}}) AND other NOT IN ({{Deleted}})
        GROUP BY one, other
        ORDER BY one, orders DESC, other
        LIMIT {most:Int32} BY one
        """,
        since,
        most,
        (product, others) => new BoughtTogether(Guid.Parse(product), others),
        ct);

    public IAsyncEnumerable<BestSellers> ReadBestSellersAsync(DateTimeOffset since, int most, CancellationToken ct) => ReadAsync(
        "rank what sold best",
        $$"""
        SELECT category, product, toInt64(sum(quantity)) AS pieces
        FROM (SELECT line.1 AS product, line.2 AS quantity FROM (SELECT arrayJoin(lines) AS line FROM ({{Sold}}))) AS sales
        INNER JOIN ({{Categories}}) AS categories USING (product)
        WHERE product NOT IN ({{Deleted}})
        GROUP BY GROUPING SETS ((category, product), (product))
        ORDER BY category, pieces DESC, product
        LIMIT {most:Int32} BY category
        """,
        since,
        most,
        // The set without a category covers all categories.
        (category, products) => new BestSellers(category.Length == 0 ? null : category, products),
        ct);

    private static string NameOf<TEvent>() => ShopContracts.Events.NameOf(typeof(TEvent)).Name;

    /// <summary>Groups sorted rows into rankings.</summary>
    private async IAsyncEnumerable<T> ReadAsync<T>(string what, string sql, DateTimeOffset since, int most, Func<string, IReadOnlyList<RankedProduct>, T> rank, [EnumeratorCancellation] CancellationToken ct)
    {
        var parameters = new Parameters().Add("since", "Int64", since.ToUnixTimeMilliseconds()).Add("most", "Int32", most);
        string? of = null;
        List<RankedProduct> products = [];
        await foreach (var (next, product) in database.StreamAsync(what, sql, parameters, row => (row.GetString(0), new RankedProduct(Guid.Parse(row.GetString(1)), row.GetInt64(2))), ct))
        {
            if (of is not null && of != next)
            {
                yield return rank(of, products);
                products = [];
            }

            of = next;
            products.Add(product);
        }

        if (of is not null) yield return rank(of, products);
    }
}
