namespace ServerlessCqrs.Shop.Watches;

/// <summary>What the tokens of links in mails are for.</summary>
public static class WatchTokens
{
    /// <summary>Ends a person's watch of one product (RFC 8058).</summary>
    public const string Unsubscribe = "unsubscribe";
}
