using System.Text.Json.Serialization;
using ServerlessCqrs.ShopViews.Products;

namespace ServerlessCqrs.QueryApi;

/// <summary>
/// The product in an answer: the stored document in any of its versions, with the names and nulls that clients need.
/// </summary>
/// <param name="AverageRating">The average stars of the approved reviews, or null without reviews.</param>
/// <param name="PriceHistory">Only in version 2 of the document: the newest prices, the oldest of them first.</param>
/// <param name="SearchName">Only in version 2 of the document: the words of the name as a search compares them.</param>
public sealed record ProductBody(
    Guid Id,
    string Name,
    string Slug,
    string Description,
    string Category,
    IReadOnlyDictionary<string, string> Specifications,
    ProductInventory Inventory,
    ProductPricingBody Pricing,
    IReadOnlyList<ProductDocumentImage> Images,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] decimal? AverageRating,
    int TotalReviews,
    bool InStock,
    string Seller,
    long Version,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    IReadOnlyList<PricePoint>? PriceHistory,
    string? SearchName)
{
    public static ProductBody Of(ProductDocument product)
    {
        var second = product as ProductDocumentV2;
        return new(
            product.Id,
            product.Name,
            product.Slug,
            product.Description,
            product.Category,
            product.Specifications,
            product.Inventory,
            ProductPricingBody.Of(product.Pricing),
            product.Images,
            product.TotalReviews == 0 ? null : product.AverageRating,
            product.TotalReviews,
            product.InStock,
            product.Seller,
            product.Version,
            product.CreatedAt,
            product.UpdatedAt,
            second?.PriceHistory,
            second?.SearchName);
    }
}

/// <param name="Discount">The old name of discountPercent.</param>
/// <param name="DiscountPercent">How far the current price is below the base price, in percent of the base price: 0 to
/// 100 with two digits after the point. 0 if it is above.</param>
public sealed record ProductPricingBody(
    decimal BasePrice,
    decimal CurrentPrice,
    decimal Discount,
    decimal DiscountPercent,
    string Currency)
{
    public static ProductPricingBody Of(ProductPricing pricing) =>
        new(pricing.BasePrice, pricing.CurrentPrice, pricing.Discount, pricing.Discount, pricing.Currency);
}

/// <summary>The product in a list.</summary>
/// <param name="Discount">The old name of discountPercent.</param>
/// <param name="DiscountPercent">How far the current price is below the base price, in percent of the base price.</param>
/// <param name="AverageRating">The average stars of the approved reviews, or null without reviews.</param>
public sealed record ProductSummaryBody(
    Guid Id,
    string Name,
    string Slug,
    string Category,
    decimal CurrentPrice,
    decimal Discount,
    decimal DiscountPercent,
    string Currency,
    string? Image,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] decimal? AverageRating,
    int TotalReviews,
    bool InStock,
    long Version,
    DateTimeOffset UpdatedAt)
{
    public static ProductSummaryBody Of(ProductSummary product) => new(
        product.Id,
        product.Name,
        product.Slug,
        product.Category,
        product.CurrentPrice,
        product.Discount,
        product.Discount,
        product.Currency,
        product.Image,
        product.TotalReviews == 0 ? null : product.AverageRating,
        product.TotalReviews,
        product.InStock,
        product.Version,
        product.UpdatedAt);
}
