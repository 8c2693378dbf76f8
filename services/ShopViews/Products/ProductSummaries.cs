using ServerlessCqrs.Projections;
using ServerlessCqrs.Shop.Products;

namespace ServerlessCqrs.ShopViews.Products;

public static class ProductSummaries
{
    /// <summary>
    /// Converts an item of any version for readers of the first version. The document keeps all its properties.
    /// </summary>
    public static ReadModelItem<ProductDocument> AsProduct<TDocument>(this ReadModelItem<TDocument> item)
        where TDocument : ProductDocument => new(item.Stream, item.Version, item.Document, item.At) { Fault = item.Fault };

    /// <summary>Returns true if lists show the product. They hide only the canary's.</summary>
    public static bool IsListed(this ProductDocument product) => product.Id != CanaryProduct.Id;

    /// <summary>Returns what lists show of a product before any review, including its first image.</summary>
    public static ProductSummary Summarize(this ProductDocument product) => new(
        product.Id,
        product.Name,
        product.Slug,
        product.Category,
        product.Pricing.CurrentPrice,
        product.Pricing.Discount,
        product.Pricing.Currency,
        product.Images.Count > 0 ? product.Images[0].Url : null,
        product.AverageRating,
        product.TotalReviews,
        product.InStock,
        product.Version,
        product.UpdatedAt);

    /// <summary>Adds the rating of the product's reviews.</summary>
    public static ProductSummary With(this ProductSummary summary, ProductRating rating) => summary with { AverageRating = rating.Average, TotalReviews = rating.Reviews };
}
