namespace ServerlessCqrs.Shop.Watches;

/// <summary>The purposes of tokens in mail links.</summary>
public static class WatchTokens
{
    /// <summary>Ends a person's watch of one product (RFC 8058).</summary>
    public const string Unsubscribe = "unsubscribe";
}
