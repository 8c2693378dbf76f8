using ServerlessCqrs.Projections;

namespace ServerlessCqrs.ShopViews.Products;

/// <summary>What the approved reviews of a product say together.</summary>
/// <param name="Stars">Of all reviews together.</param>
/// <param name="Revision">0 before the first review; it rises with each, and the same reviews make the same.</param>
public sealed record ProductRating(
    int Stars,
    int Reviews,
    long Revision)
{
    public static ProductRating None { get; } = new(0, 0, 0);

    /// <summary>1 to 5 with two digits after the point, halves rounded up; 0 without a review.</summary>
    public decimal Average => Reviews == 0 ? 0 : decimal.Round((decimal)Stars / Reviews, 2, MidpointRounding.AwayFromZero);

    /// <summary>As the reviews' contributions add up; null is none.</summary>
    internal static ProductRating Of(Contribution? sum) => sum is null ? None : new ProductRating(
        (int)sum.Sums.GetValueOrDefault(RatingProjection.Stars),
        (int)sum.Sums.GetValueOrDefault(RatingProjection.Reviews),
        (long)sum.Sums.GetValueOrDefault(RatingProjection.Revision));
}

/// <summary>A product as readers get it: its document, in whatever version, and what its reviews add to it.</summary>
/// <param name="Item">Null where there is no such product, or none yet; without a document once it is deleted.</param>
public sealed record RatedProduct(
    ReadModelItem<ProductDocument>? Item,
    ProductRating Rating)
{
    /// <summary>The document with its rating.</summary>
    public ProductDocument? Document => Item?.Document is { } document ? Rated(document) : null;

    private ProductDocument Rated(ProductDocument document) => (document.AverageRating, document.TotalReviews) == (Rating.Average, Rating.Reviews)
        ? document
        : document with { AverageRating = Rating.Average, TotalReviews = Rating.Reviews };
}
