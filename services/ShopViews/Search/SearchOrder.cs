using System.Globalization;
using ServerlessCqrs.Projections;
using ServerlessCqrs.Projections.Lists;
using ServerlessCqrs.ShopViews.Products;

namespace ServerlessCqrs.ShopViews.Search;

/// <summary>A product that matches a query.</summary>
internal sealed record Match(
    Guid Product,
    int Score,
    string Category,
    DateTimeOffset CreatedAt);

/// <summary>
/// The orders of search results as sort keys, which are compared by UTF-8 bytes, and the cursors over them.
/// </summary>
internal static class SearchOrder
{
    /// <summary>Five words can score at most 40.</summary>
    private const int ScoreDigits = 2;

    public static bool IsDescending(ProductSearchSort sort) => sort is not (ProductSearchSort.Price or ProductSearchSort.Name);

    /// <summary>Returns true if the match alone determines its position in the order.</summary>
    public static bool IsOfMatch(ProductSearchSort sort) => sort is ProductSearchSort.Relevance or ProductSearchSort.Newest;

    /// <summary>Returns the same order of the products' lists, or null for relevance, which no list has.</summary>
    public static ProductSort? ListOf(ProductSearchSort sort) => sort switch
    {
        ProductSearchSort.Relevance => null,
        ProductSearchSort.Price => ProductSort.Price,
        ProductSearchSort.PriceDescending => ProductSort.PriceDescending,
        ProductSearchSort.Name => ProductSort.Name,
        ProductSearchSort.Newest => ProductSort.Newest,
        _ => throw new ArgumentOutOfRangeException(nameof(sort)),
    };

    /// <summary>Returns the key of a match in orders that need only the match.</summary>
    public static string KeyOf(ProductSearchSort sort, Match match)
    {
        var newest = ProductKeys.OfTime(match.CreatedAt, match.Product);
        return sort == ProductSearchSort.Relevance ? $"{match.Score.ToString($"D{ScoreDigits}", CultureInfo.InvariantCulture)}{newest}" : newest;
    }

    /// <summary>Compares keys in the direction of the order.</summary>
    public static IComparer<string> Comparer(ProductSearchSort sort) =>
        IsDescending(sort) ? Comparer<string>.Create((x, y) => Utf8Comparer.Instance.Compare(y, x)) : Utf8Comparer.Instance;

    public static string WriteCursor(ProductSearchQuery query, string lastKey) => Cursor.Write(NameOf(query), lastKey);

    /// <summary>Returns the last key, or null if the query has no cursor.</summary>
    /// <exception cref="InvalidCursorException">The cursor does not come from this query.</exception>
    public static string? ReadCursor(ProductSearchQuery query) => Cursor.Read(query.Cursor, NameOf(query), key => ListOf(query.Sort) is { } list
        ? ProductKeys.IsKey(list, key)
        : key.Length > ScoreDigits && key.AsSpan(0, ScoreDigits).IndexOfAnyExceptInRange('0', '9') < 0 && ProductKeys.IsKey(ProductSort.Newest, key[ScoreDigits..]));

    private static string NameOf(ProductSearchQuery query) => string.Create(
        CultureInfo.InvariantCulture,
        $"{query.Sort}\n{string.Join(' ', SearchWords.OfQuery(query.Text))}\n{query.Category}\n{query.MinPrice}\n{query.MaxPrice}");
}
