using System.Text.Json.Serialization;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Accounts;

/// <summary>The streams of accounts: <c>account-{uuid}</c>.</summary>
public static class Account
{
    public const string Category = "account";

    public static StreamId IdOf(Guid account) => StreamId.Of(Category, account);
}

public interface IAccountEvent : IEvent;

[WireName("AccountOpened", 1)]
public sealed record AccountOpened(string Owner) : IAccountEvent;

[WireName("AmountDeposited", 1, "statement")]
public sealed record AmountDeposited(decimal Amount) : IAccountEvent;

[WireName("AmountWithdrawn", 1, "statement")]
public sealed record AmountWithdrawn(decimal Amount) : IAccountEvent;

/// <param name="Owner">Null if the account is not open.</param>
public sealed record AccountState(
    string? Owner,
    decimal Balance);

public interface IAccountCommand : ICommand;

[WireName("OpenAccount", 1)]
public sealed record OpenAccount : IAccountCommand
{
    public IEnumerable<Violation> Check() => [];
}

[WireName("Deposit", 1)]
public sealed record Deposit(decimal Amount) : IAccountCommand
{
    public IEnumerable<Violation> Check() => AccountLimits.Check(Amount);
}

[WireName("Withdraw", 1)]
public sealed record Withdraw(decimal Amount) : IAccountCommand
{
    public IEnumerable<Violation> Check() => AccountLimits.Check(Amount);
}

public static class AccountLimits
{
    public static IEnumerable<Violation> Check(decimal amount) => Violation.Unless(amount > 0, "amount", AccountRefusals.AmountInvalid, "An amount is above zero.");
}

public sealed class AccountDecider() : Decider<AccountState, IAccountCommand, IAccountEvent>(
    Account.Category,
    stateShape: new(1, "IhiCU6B05FE"),
    initial: new AccountState(Owner: null, Balance: 0),
    AccountJson.Default.AccountState)
{
    public override bool Creates(ICommand command) => command is OpenAccount;

    public override Decision Decide(AccountState state, IAccountCommand command, CommandContext context) => (state, command) switch
    {
        ({ Owner: null }, OpenAccount) => Decision.Accept(new AccountOpened(context.By.Id)),
        ({ Owner: null }, _) => Decision.Refuse(AccountRefusals.NotOpen, "The account is not open."),
        _ when state.Owner != context.By.Id => Decision.Refuse(AccountRefusals.NotTheOwner, "The account belongs to another holder."),
        (_, OpenAccount) => Decision.Unchanged,
        (_, Deposit deposit) => Decision.Accept(new AmountDeposited(deposit.Amount)),
        (_, Withdraw withdraw) when withdraw.Amount > state.Balance => Decision.Refuse(AccountRefusals.NotCovered, $"The balance is {state.Balance}."),
        (_, Withdraw withdraw) => Decision.Accept(new AmountWithdrawn(withdraw.Amount)),
        _ => throw new InvalidOperationException($"An account does not know {command.GetType()}."),
    };

    public override AccountState Evolve(AccountState state, IAccountEvent @event) => @event switch
    {
        AccountOpened opened => state with { Owner = opened.Owner },
        AmountDeposited deposited => state with { Balance = state.Balance + deposited.Amount },
        AmountWithdrawn withdrawn => state with { Balance = state.Balance - withdrawn.Amount },
        _ => throw new InvalidOperationException($"An account does not know {@event.GetType()}."),
    };
}

public static class AccountRefusals
{
    public static readonly Refusal NotOpen = Refusal.NotFound("account_not_open");
    public static readonly Refusal NotTheOwner = Refusal.Forbidden("not_the_account_owner");
    public static readonly Refusal NotCovered = Refusal.Rule("not_covered");
    public static readonly Refusal AmountInvalid = Refusal.Rule("amount_invalid");
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(OpenAccount))]
[JsonSerializable(typeof(Deposit))]
[JsonSerializable(typeof(Withdraw))]
[JsonSerializable(typeof(AccountOpened))]
[JsonSerializable(typeof(AmountDeposited))]
[JsonSerializable(typeof(AmountWithdrawn))]
[JsonSerializable(typeof(AccountState))]
[JsonSerializable(typeof(AccountDocument))]
internal sealed partial class AccountJson : JsonSerializerContext;
