using ServerlessCqrs.Projections;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.ShopViews.Products;

/// <summary>Reads products: single ones strongly consistent, and lists, which may lag behind the products.</summary>
public interface IProductCatalogue
{
    /// <summary>Returns one product with its rating.</summary>
    Task<RatedProduct> FindAsync(StreamId product, CancellationToken ct);

    /// <summary>
    /// Returns what lists show of these products, in no particular order. Products that are not on sale, or that no
    /// list shows, are missing.
    /// </summary>
    Task<IReadOnlyDictionary<Guid, ProductSummary>> SummariesAsync(IReadOnlyCollection<Guid> products, CancellationToken ct);

    /// <summary>Returns one page of a category, or of all.</summary>
    /// <exception cref="InvalidCursorException">The cursor does not come from this query.</exception>
    Task<ProductPage> BrowseAsync(ProductBrowse query, CancellationToken ct);
}

/// <param name="Category">Null for all categories.</param>
/// <param name="Limit">1 to 100.</param>
/// <param name="Cursor">The previous page's cursor, or null for the first page.</param>
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

/// <summary>A page, and the cursor of the next one, or null at the end.</summary>
public sealed record ProductPage(
    IReadOnlyList<ProductSummary> Items,
    string? Next);

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
