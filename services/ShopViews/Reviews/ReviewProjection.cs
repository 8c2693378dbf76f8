using System.Text.Json.Serialization.Metadata;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.Projections;
using ServerlessCqrs.Shop.Reviews;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.ShopViews.Reviews;

/// <summary>Projects events to a review, version 1.</summary>
public sealed class ReviewProjection : IProjection<ReviewDocument>
{
    public string Category => ReviewStreams.Category;

    public ShapeVersion Shape => new(1, "QtHTEyQNLHM");

    public JsonTypeInfo<ReviewDocument> Json => ReviewJson.Default.ReviewDocument;

    public ReviewDocument Apply(ReviewDocument? document, EventRecord e) => Change(document, e) with { Version = e.Version, UpdatedAt = e.At };

    private static ReviewDocument Change(ReviewDocument? document, EventRecord e) => (document, e.Event) switch
    {
        (_, ProductPurchased purchased) => (document ?? Begin(e, purchased.ProductId, purchased.Customer)) with { Seller = purchased.Seller },
        (_, PurchaseWithdrawn withdrawn) => document ?? Begin(e, withdrawn.ProductId, withdrawn.Customer),
        ({ Review: null }, ReviewSubmitted submitted) => document with
        {
            Review = new WrittenReview(submitted.Stars, submitted.Title, submitted.Text, ReviewStatus.Pending, SubmittedAt: e.At, DecidedAt: null, Reason: null),
        },
        ({ Review: { Status: ReviewStatus.Pending } review }, ReviewApproved) => document with { Review = review with { Status = ReviewStatus.Approved, DecidedAt = e.At } },
        ({ Review: { Status: ReviewStatus.Pending } review }, ReviewRejected rejected) => document with
        {
            Review = review with { Status = ReviewStatus.Rejected, DecidedAt = e.At, Reason = rejected.Reason },
        },
        _ => throw new InvalidOperationException($"{e.Type} at version {e.Version} cannot happen to {(document?.Review is { } review ? $"a review that is {review.Status}" : "a review that is not written")}."),
    };

    private static ReviewDocument Begin(EventRecord e, Guid productId, string customer) =>
        new(Id: Guid.Parse(e.Stream.Key), productId, customer, Seller: null, Review: null, e.Version, e.At);
}
