using ServerlessCqrs.Projections;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.ShopViews.Products;

/// <summary>The products as readers get them: each for itself, read strongly consistent, and in lists, which may be a moment behind the products in them.</summary>
public interface IProductCatalogue
{
    /// <summary>One product with its rating.</summary>
    Task<RatedProduct> FindAsync(StreamId product, CancellationToken ct);

    /// <summary>What lists show of these products, in no order; what is not on sale, or no list shows, is missing in the result.</summary>
    Task<IReadOnlyDictionary<Guid, ProductSummary>> SummariesAsync(IReadOnlyCollection<Guid> products, CancellationToken ct);

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
