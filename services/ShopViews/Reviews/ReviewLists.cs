using ServerlessCqrs.Projections.Declarations;
using ServerlessCqrs.Projections.Lists;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.ShopViews.Reviews;

/// <summary>The lists of reviews: each product's approved ones, and its pending ones.</summary>
public static class ReviewLists
{
    public static DocumentList<ReviewDocument> ByProduct { get; } = new(
        "by-list",
        new("list", review => Of(review)?.List),
        new("listKey", review => Of(review)?.Key),
        [DocumentList<ReviewDocument>.Document],
        new SharedPartition("the approved reviews of a product, and its pending ones", "changes", 1));

    public static string Approved(Guid productId) => $"approved#{productId:D}";

    public static string Pending(Guid productId) => $"pending#{productId:D}";

    /// <summary>The list and the place of a review; null where it is in none.</summary>
    private static (string List, string Key)? Of(ReviewDocument review) => review switch
    {
        { Review: { Status: ReviewStatus.Approved, DecidedAt: { } at } } => (Approved(review.ProductId), TimeKey.Of(at, review.Id)),
        { Review: { Status: ReviewStatus.Pending, SubmittedAt: var at } } => (Pending(review.ProductId), TimeKey.Of(at, review.Id)),
        _ => null,
    };
}
