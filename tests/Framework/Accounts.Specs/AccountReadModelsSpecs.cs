using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Publishing;
using ServerlessCqrs.Projections;
using ServerlessCqrs.Projections.Building;
using ServerlessCqrs.Projections.Declarations;
using ServerlessCqrs.Projections.Live;
using ServerlessCqrs.Projections.Reconciling;
using ServerlessCqrs.Projections.Stores;
using ServerlessCqrs.ReadModels.Specs.Given;

namespace ServerlessCqrs.Accounts.Specs;

/// <summary>The framework keeps read models of a domain that it was not written for, from one declaration.</summary>
public abstract class AccountReadModelsSpecs
{
    private static readonly Guid Savings = new("0197f0a2-5b0c-7c9e-9a55-6a3a1c1d2e3f");
    private static readonly Guid Wages = new("0197f0a2-5b0c-7c9e-9a55-6a3a1c1d2e40");

    private readonly Bank _bank = new();

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Document_and_list_follow_from_one_declaration()
    {
        var stores = await OpenAsync();
        var events = await FillAsync();

        await ProjectAsync(stores, events);

        var accounts = stores.QueriesOf(AccountViews.Accounts);
        Assert.Equal(70, (await accounts.DocumentAsync(Account.IdOf(Savings), Ct))?.Balance);
        var first = await accounts.ListAsync(AccountViews.ByOwner, "ann", descending: false, limit: 1, cursor: null, Ct);
        var second = await accounts.ListAsync(AccountViews.ByOwner, "ann", descending: false, limit: 1, first.Next, Ct);
        Assert.Equal([Savings, Wages], first.Documents.Concat(second.Documents).Select(account => account.Id));
        Assert.Null(second.Next);
        Assert.Empty((await accounts.ListAsync(AccountViews.ByOwner, "bob", descending: false, limit: 1, cursor: null, Ct)).Documents);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Duplicates_in_any_order_end_at_the_fold(int seed)
    {
        var stores = await OpenAsync();
        var events = await FillAsync();
        EventRecord[] delivered = [.. events, .. events];
        new Random(seed).Shuffle(delivered);

        await ProjectAsync(stores, delivered);

        Assert.Equal(FoldOf(events), await ItemsAsync(stores));
    }

    [Fact]
    public async Task Build_makes_the_items_again_that_no_message_brought()
    {
        var stores = await OpenAsync();
        var events = await FillAsync();
        var model = ModelsOver(stores)[AccountViews.AccountsV1];

        var report = await new ReadModelBuild(model, _bank.Log, _bank.Log, new InMemoryBuildCheckpoints(), TimeProvider.System)
            .RunAsync(BuildScope.Everything, writesPerSecond: null, _ => { }, Ct);

        Assert.Equal((2L, 0L), (report.Streams, report.StuckStreams));
        Assert.Equal(FoldOf(events), await ItemsAsync(stores));
    }

    [Fact]
    public async Task Reconciler_repairs_an_account_whose_last_message_was_lost()
    {
        var stores = await OpenAsync();
        var events = await FillAsync();
        await ProjectAsync(stores, events.Where(e => e.Event is not AmountWithdrawn));
        var reconciler = new Reconciler(
            new LiveReadModels(ModelsOver(stores), new InMemoryReadModelStates(), TimeProvider.System),
            _bank.Log,
            _bank.Tips,
            _bank.Log,
            TimeProvider.System);

        var (found, _) = await reconciler.RunAsync(after: null, limit: 100, TimeSpan.Zero, Ct);
        var (again, _) = await reconciler.RunAsync(after: null, limit: 100, TimeSpan.Zero, Ct);

        Assert.Equal((2L, 1L), (found.Streams, Assert.Single(found.Models).Repaired));
        Assert.Equal(0, Assert.Single(again.Models).Drifted);
        Assert.Equal(FoldOf(events), await ItemsAsync(stores));
    }

    /// <summary>Empty stores, for each test.</summary>
    protected abstract Task<ReadModelStores> OpenAsync();

    /// <summary>Two accounts of one owner; their events in the order of the log.</summary>
    private async Task<IReadOnlyList<EventRecord>> FillAsync()
    {
        await _bank.SendAsync(Savings, new OpenAccount(), "ann");
        await _bank.SendAsync(Savings, new Deposit(100), "ann");
        await _bank.SendAsync(Savings, new Withdraw(30), "ann");
        await _bank.SendAsync(Wages, new OpenAccount(), "ann");
        await _bank.SendAsync(Wages, new Deposit(5), "ann");
        return
        [
            .. await _bank.Streams.ReadAsync(Account.IdOf(Savings), HistoryBounds.Everything, Ct),
            .. await _bank.Streams.ReadAsync(Account.IdOf(Wages), HistoryBounds.Everything, Ct),
        ];
    }

    private ReadModelCatalogue ModelsOver(ReadModelStores stores) => AccountViews.All.Over(stores, _bank.Streams);

    /// <summary>Each event is a message of its own.</summary>
    private async Task ProjectAsync(ReadModelStores stores, IEnumerable<EventRecord> events)
    {
        var models = ModelsOver(stores);
        foreach (var e in events) Assert.Empty(await models.ProjectAsync(StreamBatch.Of(new EventMessage([e], [])), Ct));
    }

    private static IReadOnlyList<ReadModelItem<AccountDocument>> FoldOf(IEnumerable<EventRecord> events) =>
        [.. events.GroupBy(e => e.Stream).Select(stream => new AccountProjection().Fold(stream)!).OrderBy(item => item.Stream.ToString(), StringComparer.Ordinal)];

    private static async Task<IReadOnlyList<ReadModelItem<AccountDocument>>> ItemsAsync(ReadModelStores stores) =>
        [.. (await stores.Of(AccountViews.Accounts).ScanAsync(Ct).ToListAsync(Ct)).OrderBy(item => item.Stream.ToString(), StringComparer.Ordinal)];
}

public sealed class InMemoryAccountReadModelsSpecs : AccountReadModelsSpecs
{
    protected override Task<ReadModelStores> OpenAsync() => Task.FromResult(ReadModelStores.InMemory(AccountViews.All));
}

public sealed class DynamoAccountReadModelsSpecs(DynamoFixture dynamo) : AccountReadModelsSpecs
{
    protected override async Task<ReadModelStores> OpenAsync()
    {
        var names = new Dictionary<string, string>();
        foreach (var table in AccountViews.All.Tables) names.Add(table.Name, await dynamo.CreateAsync(table, Ct));
        return ReadModelStores.OnDynamo(AccountViews.All, await dynamo.OpenAsync(Ct), table => names[table.Name], TimeProvider.System);
    }
}
