using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Shop.Reviews;

/// <summary>The streams of reviews: <c>review-{uuid}</c>, one for each product and customer, whose id is made of both: nobody can write two.</summary>
public static class ReviewStreams
{
    public const string Category = "review";

    /// <summary>The id of the one review that a customer can write of a product.</summary>
    public static Guid ReviewOf(Guid productId, string customer) => NameBasedUuid.Of(productId, $"{Category}\n{customer}");

    public static StreamId IdOf(Guid productId, string customer) => IdOf(ReviewOf(productId, customer));

    public static StreamId IdOf(Guid reviewId) => StreamId.Of(Category, reviewId);

    /// <summary>Whether <paramref name="stream"/> is a review's, and which.</summary>
    public static bool TryParse(StreamId stream, out Guid reviewId)
    {
        reviewId = default;
        return stream.Category == Category && Guid.TryParseExact(stream.Key, "D", out reviewId) && IdOf(reviewId) == stream;
    }
}
