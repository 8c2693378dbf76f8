using ServerlessCqrs.Projections;

namespace ServerlessCqrs.ShopViews.Search;

/// <summary>Finds products by words. The results may lag behind the products.</summary>
public interface IProductSearch
{
    /// <summary>
    /// Returns one page of the products that match every word of the query, or none if the query has no word.
    /// </summary>
    /// <exception cref="InvalidCursorException">The cursor does not come from this query.</exception>
    Task<ProductSearchPage> SearchAsync(ProductSearchQuery query, CancellationToken ct);
}

/// <param name="Text">The first five distinct words count. Each may be the beginning of a word, from two characters
/// on.</param>
/// <param name="Category">The only category to search, or null for all.</param>
/// <param name="MinPrice">In the product's currency, inclusive, in whole cents, or null for no limit. The same applies
/// to <paramref name="MaxPrice"/>.</param>
/// <param name="Limit">1 to 100.</param>
/// <param name="Cursor">The previous page's cursor, or null for the first page.</param>
public sealed record ProductSearchQuery(
    string Text,
    string? Category,
    decimal? MinPrice,
    decimal? MaxPrice,
    ProductSearchSort Sort,
    int Limit,
    string? Cursor)
{
    public bool HasPrice => MinPrice is not null || MaxPrice is not null;
}

public enum ProductSearchSort
{
    /// <summary>
    /// Sorts by the place of the words: name, category, specification, description. In the same place a whole word
    /// precedes a beginning. Equal matches are sorted from the newest.
    /// </summary>
    Relevance,
    Price,
    PriceDescending,
    Name,
    Newest,
}

/// <summary>A page, and the cursor of the next one, or null at the end.</summary>
/// <param name="Products">The products' ids, in order.</param>
/// <param name="Total">How many products match on all pages. Null if that is not known without reading all of them:
/// with a price range, or in a partial result.</param>
/// <param name="IsPartial">True if a word is in so many products that not all were checked. Another word would
/// help.</param>
/// <param name="ReadUnits">The consumed read units of DynamoDB, or 0 if they are not counted.</param>
public sealed record ProductSearchPage(
    IReadOnlyList<Guid> Products,
    string? Next,
    int? Total,
    bool IsPartial,
    double ReadUnits);
