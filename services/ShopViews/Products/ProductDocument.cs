namespace ServerlessCqrs.ShopViews.Products;

/// <summary>
/// The product as readers see it. Later versions contain all of it and more. JSON in camel case, money in units of <see
/// cref="ProductPricing.Currency"/>.
/// </summary>
public record ProductDocument(
    Guid Id,
    string Name,
    string Slug,
    string Description,
    string Category,
    IReadOnlyDictionary<string, string> Specifications,
    ProductInventory Inventory,
    ProductPricing Pricing,
    IReadOnlyList<ProductDocumentImage> Images,
    decimal AverageRating,
    int TotalReviews,
    bool InStock,
    string Seller,
    long Version,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt);

public sealed record ProductInventory(
    int Quantity,
    string Warehouse);

/// <param name="Discount">How far the current price is below the base price, in percent of the base price: 0 to 100
/// with two digits after the point. 0 if it is above.</param>
public sealed record ProductPricing(
    decimal BasePrice,
    decimal CurrentPrice,
    decimal Discount,
    string Currency);

public sealed record ProductDocumentImage(
    Guid Id,
    string Url,
    string Alt);
