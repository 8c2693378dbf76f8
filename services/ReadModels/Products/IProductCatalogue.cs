namespace ServerlessCqrs.ReadModels.Products;

/// <summary>The lists of products. A list may be a moment behind the products in it.</summary>
public interface IProductCatalogue
{
    /// <summary>One page of a category, or of all.</summary>
    /// <exception cref="InvalidCursorException">The cursor is not one that this query gave.</exception>
    Task<ProductPage> BrowseAsync(ProductBrowse query, CancellationToken ct);
}

/// <param name="Category">Null for all categories.</param>
/// <param name="Limit">1 to 100.</param>
/// <param name="Cursor">What the page before gave as its next; null for the first page.</param>
public sealed record ProductBrowse(
    string? Category,
    ProductSort Sort,
    int Limit,
    string? Cursor);

public enum ProductSort
{
    Newest,
    Price,
    PriceDescending,
    Name,
}

/// <summary>A page, and the cursor of the next; null at the end.</summary>
public sealed record ProductPage(
    IReadOnlyList<ProductSummary> Items,
    string? Next);

/// <summary>A product in a list.</summary>
public sealed record ProductSummary(
    Guid Id,
    string Name,
    string Slug,
    string Category,
    decimal CurrentPrice,
    decimal Discount,
    string Currency,
    string? Image,
    decimal AverageRating,
    int TotalReviews,
    bool InStock,
    long Version,
    DateTimeOffset UpdatedAt);

/// <summary>The cursor was not given by this query.</summary>
public sealed class InvalidCursorException() : Exception("The cursor is not one that this query gave. Start again without one.");
