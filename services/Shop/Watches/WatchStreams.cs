using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Shop.Watches;

/// <summary>The streams of watches: <c>watch-{product uuid}-{customer}</c>, one for each customer and product.</summary>
public static class WatchStreams
{
    public const string Category = "watch";

    private const int UuidLength = 36;

    /// <exception cref="FormatException"><paramref name="customer"/> is not a valid <see cref="Subject"/>.</exception>
    public static StreamId IdOf(Guid productId, string customer) => StreamId.Of(Category, $"{productId:D}-{Subject.KeyOf(customer)}");

    /// <summary>Finds product and customer of a watch's stream, and returns false for any other stream.</summary>
    public static bool TryParse(StreamId stream, out Guid productId, out string customer)
    {
        (productId, customer) = (default, "");
        if (stream.Category != Category || stream.Key is not { Length: > UuidLength + 1 } key || key[UuidLength] != '-') return false;
        if (!Guid.TryParseExact(key.AsSpan(0, UuidLength), "D", out productId)) return false;
        if (!Subject.TryOfKey(key[(UuidLength + 1)..], out var subject)) return false;
        customer = subject;
        return IdOf(productId, customer) == stream;
    }
}
