using ServerlessCqrs.Projections;

namespace ServerlessCqrs.ShopViews.Products;

/// <summary>The sum of a product's approved reviews.</summary>
/// <param name="Stars">The total stars of all reviews.</param>
/// <param name="Revision">0 before the first review. Each review raises it, and the same reviews give the same
/// value.</param>
public sealed record ProductRating(
    int Stars,
    int Reviews,
    long Revision)
{
    public static ProductRating None { get; } = new(0, 0, 0);

    /// <summary>1 to 5 with two digits after the point, rounded half up, or 0 without a review.</summary>
    public decimal Average => Reviews == 0 ? 0 : decimal.Round((decimal)Stars / Reviews, 2, MidpointRounding.AwayFromZero);

    /// <summary>Converts the sum of the reviews' contributions. Null means none.</summary>
    internal static ProductRating Of(Contribution? sum) => sum is null ? None : new ProductRating(
        (int)sum.Sums.GetValueOrDefault(RatingProjection.Stars),
        (int)sum.Sums.GetValueOrDefault(RatingProjection.Reviews),
        (long)sum.Sums.GetValueOrDefault(RatingProjection.Revision));
}

/// <summary>A product as readers see it: its document, in any version, with its reviews' rating.</summary>
/// <param name="Item">Null if the product does not exist or is not visible yet. Without a document after it was
/// deleted.</param>
public sealed record RatedProduct(
    ReadModelItem<ProductDocument>? Item,
    ProductRating Rating)
{
    public ProductDocument? Document => Item?.Document is { } document ? Rated(document) : null;

    private ProductDocument Rated(ProductDocument document) => (document.AverageRating, document.TotalReviews) == (Rating.Average, Rating.Reviews)
        ? document
        : document with { AverageRating = Rating.Average, TotalReviews = Rating.Reviews };
}
