using System.Globalization;
using ServerlessCqrs.Projections;
using ServerlessCqrs.Projections.Lists;
using ServerlessCqrs.ShopViews.Products;

namespace ServerlessCqrs.ShopViews.Search;

/// <summary>A product that answers a query.</summary>
internal sealed record Match(
    Guid Product,
    int Score,
    string Category,
    DateTimeOffset CreatedAt);

/// <summary>The orders in which products are found, as sort keys whose order by UTF-8 bytes is that of the list, and the cursors over them.</summary>
internal static class SearchOrder
{
    /// <summary>40 is the most that five words can score.</summary>
    private const int ScoreDigits = 2;

    public static bool IsDescending(ProductSearchSort sort) => sort is not (ProductSearchSort.Price or ProductSearchSort.Name);

    /// <summary>Whether a match alone tells its place in the order.</summary>
    public static bool IsOfMatch(ProductSearchSort sort) => sort is ProductSearchSort.Relevance or ProductSearchSort.Newest;

    /// <summary>The order of the products' lists that is this one; null for that of relevance, which no list has.</summary>
    public static ProductSort? ListOf(ProductSearchSort sort) => sort switch
    {
        ProductSearchSort.Relevance => null,
        ProductSearchSort.Price => ProductSort.Price,
        ProductSearchSort.PriceDescending => ProductSort.PriceDescending,
        ProductSearchSort.Name => ProductSort.Name,
        ProductSearchSort.Newest => ProductSort.Newest,
        _ => throw new ArgumentOutOfRangeException(nameof(sort)),
    };

    /// <summary>The key of a match in the orders that need no more than the match.</summary>
    public static string KeyOf(ProductSearchSort sort, Match match)
    {
        var newest = ProductKeys.OfTime(match.CreatedAt, match.Product);
        return sort == ProductSearchSort.Relevance ? $"{match.Score.ToString($"D{ScoreDigits}", CultureInfo.InvariantCulture)}{newest}" : newest;
    }

    /// <summary>By key, in the direction of the order.</summary>
    public static IComparer<string> Comparer(ProductSearchSort sort) =>
        IsDescending(sort) ? Comparer<string>.Create((x, y) => Utf8Comparer.Instance.Compare(y, x)) : Utf8Comparer.Instance;

    public static string WriteCursor(ProductSearchQuery query, string lastKey) => Cursor.Write(NameOf(query), lastKey);

    /// <summary>The last key; null where the query has no cursor.</summary>
    /// <exception cref="InvalidCursorException">The cursor is not one that this query gave.</exception>
    public static string? ReadCursor(ProductSearchQuery query) => Cursor.Read(query.Cursor, NameOf(query), key => ListOf(query.Sort) is { } list
        ? ProductKeys.IsKey(list, key)
        : key.Length > ScoreDigits && key.AsSpan(0, ScoreDigits).IndexOfAnyExceptInRange('0', '9') < 0 && ProductKeys.IsKey(ProductSort.Newest, key[ScoreDigits..]));

    private static string NameOf(ProductSearchQuery query) => string.Create(
        CultureInfo.InvariantCulture,
        $"{query.Sort}\n{string.Join(' ', SearchWords.OfQuery(query.Text))}\n{query.Category}\n{query.MinPrice}\n{query.MaxPrice}");
}
