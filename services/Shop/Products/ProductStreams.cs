using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Shop.Products;

/// <summary>The streams of products: <c>product-{uuid}</c>, the UUID in lower case.</summary>
public static class ProductStreams
{
    public const string Category = "product";

    public static StreamId IdOf(Guid productId) => StreamId.Of(Category, productId);

    /// <summary>
    /// Finds the id of a product's stream, and returns false for any other stream. A different spelling of the UUID
    /// does not count, because a product has one stream.
    /// </summary>
    public static bool TryParse(StreamId stream, out Guid productId)
    {
        productId = default;
        return stream.Category == Category && Guid.TryParseExact(stream.Key, "D", out productId) && IdOf(productId) == stream;
    }
}
