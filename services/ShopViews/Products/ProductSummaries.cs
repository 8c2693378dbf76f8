using ServerlessCqrs.Projections;
using ServerlessCqrs.Shop.Products;

namespace ServerlessCqrs.ShopViews.Products;

public static class ProductSummaries
{
    /// <summary>The item of any version as readers of the first can use it; it says all that it said.</summary>
    public static ReadModelItem<ProductDocument> AsProduct<TDocument>(this ReadModelItem<TDocument> item)
        where TDocument : ProductDocument => new(item.Stream, item.Version, item.Document, item.At) { Fault = item.Fault };

    /// <summary>Whether lists show the product: all but the canary's.</summary>
    public static bool IsListed(this ProductDocument product) => product.Id != CanaryProduct.Id;

    /// <summary>What lists show of a product, before any review: its first image stands for all.</summary>
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

    /// <summary>The summary with what the product's reviews say.</summary>
    public static ProductSummary With(this ProductSummary summary, ProductRating rating) => summary with { AverageRating = rating.Average, TotalReviews = rating.Reviews };
}
