using ServerlessCqrs.Projections.Lists;

namespace ServerlessCqrs.ShopViews.Reviews;

/// <summary>In which list a review stands, and where in it.</summary>
internal static class ReviewLists
{
    public static string Approved(Guid productId) => $"approved#{productId:D}";

    public static string Pending(Guid productId) => $"pending#{productId:D}";

    /// <summary>The list and the place of a review; null where it is in none.</summary>
    public static (string List, string Key)? Of(ReviewDocument review) => review switch
    {
        { Review: { Status: ReviewStatus.Approved, DecidedAt: { } at } } => (Approved(review.ProductId), TimeKey.Of(at, review.Id)),
        { Review: { Status: ReviewStatus.Pending, SubmittedAt: var at } } => (Pending(review.ProductId), TimeKey.Of(at, review.Id)),
        _ => null,
    };
}
