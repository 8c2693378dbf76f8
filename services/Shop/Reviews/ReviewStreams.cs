using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Shop.Reviews;

/// <summary>
/// The streams of reviews: <c>review-{uuid}</c>. Product and customer determine the id, so nobody can write two reviews
/// of a product.
/// </summary>
public static class ReviewStreams
{
    public const string Category = "review";

    /// <summary>Returns the id of the only review that a customer can write about a product.</summary>
    public static Guid ReviewOf(Guid productId, string customer) => NameBasedUuid.Of(productId, $"{Category}\n{customer}");

    public static StreamId IdOf(Guid productId, string customer) => IdOf(ReviewOf(productId, customer));

    public static StreamId IdOf(Guid reviewId) => StreamId.Of(Category, reviewId);

    /// <summary>Finds the id of a review's stream, and returns false for any other stream.</summary>
    public static bool TryParse(StreamId stream, out Guid reviewId)
    {
        reviewId = default;
        return stream.Category == Category && Guid.TryParseExact(stream.Key, "D", out reviewId) && IdOf(reviewId) == stream;
    }
}
