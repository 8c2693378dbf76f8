using static ServerlessCqrs.Shop.Watches.WatchRefusals;

namespace ServerlessCqrs.Shop.Watches;

/// <summary>What any watch command must keep to. The address itself is checked before it is sealed: here it is noise.</summary>
public static class WatchLimits
{
    /// <summary>A subject; with the product's id it must fit into a stream id.</summary>
    public const int MaxCustomer = 128;

    /// <summary>An address of 254 characters (RFC 5321) with nonce and tag takes 380 in base64url.</summary>
    public const int MaxSealedText = 500;

    public static IEnumerable<Violation> Check(IWatchCommand command) => command switch
    {
        WatchPrice watch => [.. Target(watch.ProductId, watch.Customer), .. Email(watch)],
        UnwatchPrice unwatch => Target(unwatch.ProductId, unwatch.Customer),
        _ => throw new InvalidOperationException($"There are no limits for {command.GetType()}."),
    };

    private static IEnumerable<Violation> Target(Guid productId, string customer)
    {
        if (productId == Guid.Empty) yield return new Violation("productId", ProductIdMissing, "A product's id is a UUID that is not all zeros.");
        if (customer.Length > MaxCustomer || !StreamId.TryParse($"{WatchStreams.Category}-{customer}", out _))
            yield return new Violation("customer", CustomerInvalid, $"A customer is 1 to {MaxCustomer} letters, digits and -_.@|:");
    }

    private static IEnumerable<Violation> Email(WatchPrice watch)
    {
        if (watch.Email.Person != watch.Customer) yield return new Violation("email.person", EmailInvalid, "The address must be sealed with the customer's own key.");
        if (watch.Email.Text.Length is 0 or > MaxSealedText || !watch.Email.Text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
            yield return new Violation("email.text", EmailInvalid, $"A sealed address is 1 to {MaxSealedText} characters of base64url.");
    }
}
