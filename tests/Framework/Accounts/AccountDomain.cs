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
        Commands = new WireContracts(AccountJson.Default, [typeof(OpenAccount), typeof(Deposit), typeof(Withdraw)]),
        Events = new WireContracts(AccountJson.Default, [typeof(AccountOpened), typeof(AmountDeposited), typeof(AmountWithdrawn)]),
        Refusals = Refusal.DeclaredIn(typeof(AccountRefusals)),
        Roles = [Holder, Actor.Operator],
        IndexedFields = [OwnerField],
    };
}
