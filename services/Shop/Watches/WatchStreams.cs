namespace ServerlessCqrs.Shop.Watches;

/// <summary>The streams of watches: <c>watch-{product uuid}-{customer}</c>, one for each customer and product.</summary>
public static class WatchStreams
{
    public const string Category = "watch";

    private const int UuidLength = 36;

    /// <exception cref="FormatException"><paramref name="customer"/> has characters that a stream id cannot have, or too many.</exception>
    public static StreamId IdOf(Guid productId, string customer) => StreamId.Of(Category, $"{productId:D}-{customer}");

    /// <summary>Whether <paramref name="stream"/> is a watch's, and who watches which product.</summary>
    public static bool TryParse(StreamId stream, out Guid productId, out string customer)
    {
        (productId, customer) = (default, "");
        if (stream.Category != Category || stream.Key is not { Length: > UuidLength + 1 } key || key[UuidLength] != '-') return false;
        if (!Guid.TryParseExact(key.AsSpan(0, UuidLength), "D", out productId)) return false;
        customer = key[(UuidLength + 1)..];
        return IdOf(productId, customer) == stream;
    }
}
