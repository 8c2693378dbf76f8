using ServerlessCqrs.EventStore;
using ServerlessCqrs.Shop.Customers;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.QueryApi.Users;

/// <summary>A customer, folded from their events; what is personal stays sealed. There is no read model of customers: each reads only their own few events.</summary>
internal sealed record Profile(
    bool IsDeactivated,
    Sealed? Email,
    Sealed? Name)
{
    public static Profile Of(IEnumerable<EventRecord> events) => events.Aggregate(new Profile(IsDeactivated: false, Email: null, Name: null), (profile, e) => e.Event switch
    {
        UserRegistered registered => profile with { Email = registered.Email, Name = registered.Name },
        UserEmailChanged changed => profile with { Email = changed.Email },
        UserNameChanged changed => profile with { Name = changed.Name },
        UserDeactivated => profile with { IsDeactivated = true },
        _ => throw new InvalidOperationException($"{e.Type} at version {e.Version} cannot happen to a customer."),
    });
}
