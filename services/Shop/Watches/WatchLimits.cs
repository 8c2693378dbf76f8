using ServerlessCqrs.Shop.Customers;
using ServerlessCqrs.Streams;
using static ServerlessCqrs.Shop.Watches.WatchRefusals;
using static ServerlessCqrs.Streams.Violation;

namespace ServerlessCqrs.Shop.Watches;

/// <summary>The limits of watch commands. The address is checked before it is sealed.</summary>
public static class WatchLimits
{
    public static IEnumerable<Violation> Check(IWatchCommand command) => command switch
    {
        WatchPrice watch => [.. Target(watch.ProductId, watch.Customer), .. watch.Email.Check(watch.Customer, "email", EmailInvalid, CustomerLimits.MaxSealedEmail)],
        UnwatchPrice unwatch => Target(unwatch.ProductId, unwatch.Customer),
        _ => throw new InvalidOperationException($"There are no limits for {command.GetType()}."),
    };

    private static IEnumerable<Violation> Target(Guid productId, string customer) =>
    [
        .. Unless(productId != Guid.Empty, "productId", ProductIdMissing, "A product's id is a UUID that is not all zeros."),
        .. Unless(Subject.IsValid(customer), "customer", CustomerInvalid, $"A customer is {Subject.Rule}."),
    ];
}
