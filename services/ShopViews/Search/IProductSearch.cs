using ServerlessCqrs.Projections;

namespace ServerlessCqrs.ShopViews.Search;

/// <summary>Finds products by words. What it finds may be a moment behind the products.</summary>
public interface IProductSearch
{
    /// <summary>One page of the products that answer every word of the query; none where it has no word.</summary>
    /// <exception cref="InvalidCursorException">The cursor is not one that this query gave.</exception>
    Task<ProductSearchPage> SearchAsync(ProductSearchQuery query, CancellationToken ct);
}

/// <param name="Text">Its first five different words count. Each may be the beginning of one, from two characters on.</param>
/// <param name="Category">Only this one; null for all.</param>
/// <param name="MinPrice">In the product's currency, inclusive, in whole cents; null for no bound. As is <paramref name="MaxPrice"/>.</param>
/// <param name="Limit">1 to 100.</param>
/// <param name="Cursor">What the page before gave as its next; null for the first page.</param>
public sealed record ProductSearchQuery(
    string Text,
    string? Category,
    decimal? MinPrice,
    decimal? MaxPrice,
    ProductSearchSort Sort,
    int Limit,
    string? Cursor);

public enum ProductSearchSort
{
    /// <summary>By where the words stand: name, category, specification, description; in the same place a whole word before a beginning. Of those that answer as well the newest first.</summary>
    Relevance,
    Price,
    PriceDescending,
    Name,
    Newest,
}

/// <summary>A page, and the cursor of the next; null at the end.</summary>
/// <param name="Products">Their ids, in order.</param>
/// <param name="IsPartial">Whether a word stands in so many products that not all of them were looked at: another word would help.</param>
/// <param name="ReadUnits">What the query took of DynamoDB's read units; 0 where nothing is counted.</param>
public sealed record ProductSearchPage(
    IReadOnlyList<Guid> Products,
    string? Next,
    bool IsPartial,
    double ReadUnits);
