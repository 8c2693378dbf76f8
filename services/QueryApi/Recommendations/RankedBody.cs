using ServerlessCqrs.ShopViews.Products;

namespace ServerlessCqrs.QueryApi.Recommendations;

/// <summary>What others bought with a product, the most often bought first.</summary>
public sealed record RecommendationsBody(IReadOnlyList<RecommendedProduct> Items);

/// <summary>A product that was bought together with another.</summary>
/// <param name="Orders">In how many orders both stand.</param>
public sealed record RecommendedProduct(
    ProductSummary Product,
    long Orders);

/// <summary>What sold best, the best first.</summary>
public sealed record BestSellersBody(IReadOnlyList<BestSellingProduct> Items);

/// <summary>A product that sold well.</summary>
/// <param name="Pieces">How many were sold.</param>
public sealed record BestSellingProduct(
    ProductSummary Product,
    long Pieces);
