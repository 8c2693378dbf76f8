using ServerlessCqrs.Projections;
using ServerlessCqrs.Projections.Lists;

namespace ServerlessCqrs.ShopViews.Products;

/// <summary>The position in a list of products after which the next page starts.</summary>
internal static class ProductCursor
{
    private const string AllCategories = "*";

    public static string Write(ProductBrowse query, string lastKey) => Cursor.Write(ListOf(query), lastKey);

    /// <summary>Returns the last key, or null if the query has no cursor.</summary>
    /// <exception cref="InvalidCursorException">The cursor does not come from this query.</exception>
    public static string? Read(ProductBrowse query) => Cursor.Read(query.Cursor, ListOf(query), key => ProductKeys.IsKey(query.Sort, key));

    private static string ListOf(ProductBrowse query) => $"{query.Sort}\n{query.Category ?? AllCategories}";
}
