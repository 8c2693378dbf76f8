using System.Text.Json.Serialization.Metadata;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.Projections;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Shop.Reviews;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.ShopViews.Products;

/// <summary>
/// What one review adds to its product's rating. It is a row of the products' own table, without a document until the
/// review is approved.
/// </summary>
/// <param name="Revision">The version at which the review began to count.</param>
public sealed record ReviewRating(
    Guid ProductId,
    int Stars,
    long Revision);

/// <summary>Counts a review from its approval on, which is final.</summary>
public sealed class RatingProjection : IProjection<ReviewRating>
{
    internal const string Stars = "stars";
    internal const string Reviews = "reviews";
    internal const string Revision = "revision";

    public string Category => ReviewStreams.Category;

    public ShapeVersion Shape => new(1, "O5_w9xGFkQY");

    public bool IgnoresOthers => true;

    public JsonTypeInfo<ReviewRating> Json => ProductJson.Default.ReviewRating;

    public ReviewRating? Apply(ReviewRating? document, EventRecord e) => e.Event switch
    {
        ReviewApproved approved => new ReviewRating(approved.ProductId, approved.Stars, e.Version),
        IReviewEvent => document,
        _ => throw new InvalidOperationException($"{e.Type} at version {e.Version} cannot happen to a review."),
    };

    public Contribution Adds(ReviewRating document) => new(
        ProductStreams.IdOf(document.ProductId),
        new Dictionary<string, decimal> { [Stars] = document.Stars, [Reviews] = 1, [Revision] = document.Revision });
}
