using ServerlessCqrs.Projections;
using ServerlessCqrs.Projections.Lists;

namespace ServerlessCqrs.ShopViews.Products;

/// <summary>The place in a list of products after which the next page begins.</summary>
internal static class ProductCursor
{
    private const string AllCategories = "*";

    public static string Write(ProductBrowse query, string lastKey) => Cursor.Write(ListOf(query), lastKey);

    /// <summary>The last key; null where the query has no cursor.</summary>
    /// <exception cref="InvalidCursorException">The cursor is not one that this query gave.</exception>
    public static string? Read(ProductBrowse query) => Cursor.Read(query.Cursor, ListOf(query), key => ProductKeys.IsKey(query.Sort, key));

    private static string ListOf(ProductBrowse query) => $"{query.Sort}\n{query.Category ?? AllCategories}";
}
