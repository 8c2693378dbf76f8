using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.Operator.Routing;
using ServerlessCqrs.ReadModels;
using ServerlessCqrs.ReadModels.Building;
using ServerlessCqrs.ReadModels.Live;
using ServerlessCqrs.ReadModels.Routing;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Operator.Specs.Routing;

public sealed class RouteDeskSpecs
{
    private readonly InMemoryShop _shop = new();
    private readonly InMemoryReadModelStates _states = new();
    private readonly InMemoryReadModelRoutes _routes = new();
    private readonly InMemoryBuildCheckpoints _checkpoints = new();
    private readonly InMemoryOperations _journal = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>As each command makes its own.</summary>
    private RouteDesk Desk => new(new LiveReadModels(_shop.Models, _states, _shop.Time), _routes, BuildOf, _journal, "ada", _shop.Time);

    private ReadModel V2 => _shop.Models[ShopReadModels.ProductsV2];

    [Fact]
    public async Task A_version_that_is_built_is_routed_to_and_back_and_all_of_it_is_in_the_journal()
    {
        await BuildAsync();

        await Desk.RouteAsync("products", "v2", 10, ["session-1", "session-1"], Ct);
        var bucket = Segments.BucketOf("session-1")!.Value;
        Assert.Equal($"10 %, and the bucket {bucket}", (await _routes.ReadAsync(Ct))["products"].ToString());
        await Desk.RouteAsync("products", "v2", 100, [], Ct);
        Assert.Equal("100 %", (await _routes.ReadAsync(Ct))["products"].ToString());
        Assert.NotNull(await Desk.BackAsync("products", Ct));
        Assert.Empty(await _routes.ReadAsync(Ct));
        Assert.Null(await Desk.BackAsync("products", Ct));

        Assert.Equal(
            [$"ada route products-v2: 10 %, and the bucket {bucket}", "ada route products-v2: 100 %", "ada route back products-v2"],
            await _journal.ReadAsync(null, null, Ct).Select(one => $"{one.Who} {one.What} {one.Subject}").ToListAsync(Ct));
    }

    [Fact]
    public async Task A_version_that_sleeps_or_whose_build_was_not_completed_is_refused_with_the_command_that_builds_it()
    {
        await RefusedAsync();

        await _states.SetAsync(V2.Name, ReadModelState.Alive, Ct);
        await RefusedAsync();

        await BuildOf(V2).RunAsync(new BuildScope("product"), null, _ => { }, Ct);
        await RefusedAsync();

        await BuildAsync();
        await Desk.RouteAsync("products", "v2", 1, [], Ct);

        await _states.SetAsync(V2.Name, ReadModelState.Asleep, Ct);
        await RefusedAsync();

        async Task RefusedAsync() => Assert.Contains("readmodel build products v2", await RefusalAsync(() => Desk.RouteAsync("products", "v2", 1, [], Ct)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("products", "v1", "", "readmodel route back products")]
    [InlineData("products", "v3", "", "there are products-v1")]
    [InlineData("products", "v2", "Müller", "is no segment")]
    public async Task What_cannot_be_routed_is_refused_and_nothing_is_recorded(string name, string version, string segment, string why)
    {
        await BuildAsync();

        Assert.Contains(why, await RefusalAsync(() => Desk.RouteAsync(name, version, 10, segment.Length == 0 ? [] : [segment], Ct)), StringComparison.Ordinal);

        Assert.Empty(await _routes.ReadAsync(Ct));
        Assert.Empty(await _journal.ReadAsync(null, null, Ct).ToListAsync(Ct));
    }

    [Fact]
    public async Task A_version_is_not_retired_while_it_answers_anybody_and_the_one_that_serves_never()
    {
        await BuildAsync();
        await Desk.EnsureAnswersNobodyAsync(V2, Ct);
        await Desk.RouteAsync("products", "v2", 0, ["session-1"], Ct);

        Assert.Contains("readmodel route back products", await RefusalAsync(() => Desk.EnsureAnswersNobodyAsync(V2, Ct)), StringComparison.Ordinal);
        Assert.Contains("cannot be retired", await RefusalAsync(() => Desk.EnsureAnswersNobodyAsync(_shop.Models[ShopReadModels.ProductsV1], Ct)), StringComparison.Ordinal);

        await Desk.BackAsync("products", Ct);
        await Desk.EnsureAnswersNobodyAsync(V2, Ct);
    }

    [Fact]
    public async Task The_list_says_whom_each_version_answers_where_one_is_routed_to()
    {
        await BuildAsync();
        Assert.Empty(await Desk.ListAsync(Ct));

        await Desk.RouteAsync("products", "v2", 10, [], Ct);
        Assert.Equal(["products-v1: the rest", "products-v2: 10 %"], await TellAsync());
        await Desk.RouteAsync("products", "v2", 100, [], Ct);
        Assert.Equal(["products-v1: nobody", "products-v2: 100 %"], await TellAsync());

        async Task<IEnumerable<string>> TellAsync() => (await Desk.ListAsync(Ct)).Select(one => $"{one.Key.Name}: {one.Value}").Order(StringComparer.Ordinal);
    }

    private ReadModelBuild BuildOf(ReadModel model) => new(model, _shop.Log, _shop.Log, _checkpoints, _shop.Time);

    private async Task BuildAsync()
    {
        await _states.SetAsync(V2.Name, ReadModelState.Alive, Ct);
        await BuildOf(V2).RunAsync(BuildScope.Everything, null, _ => { }, Ct);
    }

    private static async Task<string> RefusalAsync(Func<Task> act) => (await Assert.ThrowsAsync<OperatorException>(act)).Message;
}
