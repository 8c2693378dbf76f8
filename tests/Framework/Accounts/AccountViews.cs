using System.Text.Json.Serialization.Metadata;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.LocalRuntime.Resources;
using ServerlessCqrs.LocalRuntime.Stack;
using ServerlessCqrs.Projections;
using ServerlessCqrs.Projections.Declarations;
using ServerlessCqrs.Streams;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Accounts;

/// <summary>The account as its holder gets it. JSON in camelCase.</summary>
public sealed record AccountDocument(
    Guid Id,
    string Owner,
    decimal Balance,
    long Version,
    DateTimeOffset UpdatedAt);

public sealed class AccountProjection : IProjection<AccountDocument>
{
    public string Category => Account.Category;

    public ShapeVersion Shape => new(1, "c1Ho31FJuNo");

    public JsonTypeInfo<AccountDocument> Json => AccountJson.Default.AccountDocument;

    public AccountDocument Apply(AccountDocument? document, EventRecord e) => (document, e.Event) switch
    {
        (null, AccountOpened opened) => new AccountDocument(Guid.Parse(e.Stream.Key), opened.Owner, Balance: 0, e.Version, e.At),
        (not null, AmountDeposited deposited) => document with { Balance = document.Balance + deposited.Amount, Version = e.Version, UpdatedAt = e.At },
        (not null, AmountWithdrawn withdrawn) => document with { Balance = document.Balance - withdrawn.Amount, Version = e.Version, UpdatedAt = e.At },
        _ => throw new InvalidOperationException($"{e.Type} at version {e.Version} cannot happen to this account."),
    };
}

/// <summary>The bank's read models.</summary>
public static class AccountViews
{
    public const string AccountsV1 = "accounts-v1";

    public static LocalAdditions Additions { get; } = new() { CatchUp = stores => new AccountCatchUp(stores) };

    /// <summary>An owner's accounts, by their ids.</summary>
    public static DocumentList<AccountDocument> ByOwner { get; } = new(
        "by-owner",
        new("owner", account => account.Owner),
        new("account", account => account.Id.ToString("D")),
        [DocumentList<AccountDocument>.Document],
        new SharedPartition("the accounts of an owner", "changes", 1))
    {
        IsKey = key => Guid.TryParseExact(key, "D", out _),
    };

    public static DocumentDeclaration<AccountDocument> Accounts { get; } = new(new AccountProjection()) { Lists = [ByOwner] };

    public static ReadModelDeclarations All { get; } = new(new ReadModelDeclaration(AccountsV1, Accounts));

    private sealed class AccountCatchUp(LocalStores stores) : ICatchUp
    {
        private readonly ReadModelCatchUp _readModels = new(
            stores,
            new DynamoDbStreamTips(stores.Aws.DynamoDb, AccountTopology.StreamTips.Name, AccountDomain.Instance.Events, TimeProvider.System),
            AccountDomain.Instance,
            All);

        public Task RunAsync(IReadOnlyDictionary<string, CreatedQueue> queues, CancellationToken ct) =>
            _readModels.RunAsync(queues[AccountTopology.ReadModels.Name].Url, ct);
    }
}
