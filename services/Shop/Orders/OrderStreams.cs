using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Shop.Orders;

/// <summary>The streams of orders: <c>order-{uuid}</c>, the UUID in lower case.</summary>
public static class OrderStreams
{
    public const string Category = "order";

    public static StreamId IdOf(Guid orderId) => StreamId.Of(Category, orderId);

    /// <summary>Finds the id of an order's stream, and returns false for any other stream.</summary>
    public static bool TryParse(StreamId stream, out Guid orderId)
    {
        orderId = default;
        return stream.Category == Category && Guid.TryParseExact(stream.Key, "D", out orderId) && IdOf(orderId) == stream;
    }
}
