using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Accounts;

/// <summary>A second domain, which shows that the framework works for any domain.</summary>
public static class AccountDomain
{
    public const string Holder = "holder";

    public const string OwnerField = "owner";

    public static Domain Instance { get; } = new()
    {
        Deciders = [new AccountDecider()],
        Commands = WireContracts.In<ICommand>(AccountJson.Default),
        Events = WireContracts.In<IEvent>(AccountJson.Default),
        Refusals = Refusal.DeclaredIn(typeof(AccountRefusals)),
        Roles = [Holder, Actor.Operator],
        IndexedFields = [OwnerField],
    };
}
