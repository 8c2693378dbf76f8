using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.Operating;
using ServerlessCqrs.Operating.Routing;
using ServerlessCqrs.Projections;
using ServerlessCqrs.Projections.Building;
using ServerlessCqrs.Projections.Live;
using ServerlessCqrs.Projections.Routing;
using ServerlessCqrs.ShopViews;
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

    /// <summary>Creates a desk like each command does.</summary>
    private RouteDesk Desk => new(new LiveReadModels(_shop.Models, _states, _shop.Time), _routes, BuildOf, _journal, "ada", _shop.Time);

    private ReadModel V1 => _shop.Models[ShopReadModels.ProductsV1];

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
    public async Task Version_that_is_not_built_is_refused_with_the_command_that_builds_it()
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
    [InlineData("products", "v3", "", "The read models are products-v1")]
    [InlineData("products", "v2", "Müller", "is not a segment")]
    public async Task What_cannot_be_routed_is_refused_and_nothing_is_recorded(string name, string version, string segment, string why)
    {
        await BuildAsync();

        Assert.Contains(why, await RefusalAsync(() => Desk.RouteAsync(name, version, 10, segment.Length == 0 ? [] : [segment], Ct)), StringComparison.Ordinal);

        Assert.Empty(await _routes.ReadAsync(Ct));
        Assert.Empty(await _journal.ReadAsync(null, null, Ct).ToListAsync(Ct));
    }

    [Fact]
    public async Task A_version_does_not_go_while_it_answers_anybody()
    {
        await BuildAsync();
        await Desk.ReleaseAsync(V2, Ct);
        await Desk.RouteAsync("products", "v2", 0, ["session-1"], Ct);

        Assert.Contains("readmodel route back products", await RefusalAsync(() => Desk.ReleaseAsync(V2, Ct)), StringComparison.Ordinal);

        await Desk.BackAsync("products", Ct);
        await Desk.ReleaseAsync(V2, Ct);
    }

    [Fact]
    public async Task First_version_retires_only_without_readers_and_returns_only_when_built()
    {
        await BuildAsync();
        await RefusedAsync(() => Desk.ReleaseAsync(V1, Ct), "products-v1 serves everybody. Run readmodel route products v2 --percent 100 first.");
        await Desk.RouteAsync("products", "v2", 99, [], Ct);
        await RefusedAsync(() => Desk.ReleaseAsync(V1, Ct), "products-v1 serves the rest. Run readmodel route products v2 --percent 100 first.");
        await RefusedAsync(() => Desk.ReleaseAsync(_shop.Models[ShopReadModels.OrdersV1], Ct), "orders-v1 serves all readers, and has no other version.");
        await Desk.RouteAsync("products", "v2", 100, [], Ct);

        await Desk.ReleaseAsync(V1, Ct);
        await _states.SetAsync(V1.Name, ReadModelState.Asleep, Ct);
        Assert.Equal(["products-v1"], await _journal.ReadAsync(null, null, Ct).Where(one => one.What == "retire").Select(one => one.Subject).ToListAsync(Ct));

        Assert.True((await _routes.ReadAsync(Ct))["products"].IsFinal);
        const string Advice = "products-v1 is not built. Run readmodel build products v1.";
        await RefusedAsync(() => Desk.BackAsync("products", Ct), Advice);
        await RefusedAsync(() => Desk.RouteAsync("products", "v2", 50, [], Ct), Advice);
        await RefusedAsync(() => Desk.ReleaseAsync(V2, Ct), "products-v2 serves 100 %, and the first version is retired. Run readmodel route back products first.");

        await _states.SetAsync(V1.Name, ReadModelState.Alive, Ct);
        await RefusedAsync(() => Desk.BackAsync("products", Ct), Advice);
        await BuildOf(V1).RunAsync(BuildScope.Everything, null, _ => { }, Ct);
        await Desk.RouteAsync("products", "v2", 50, [], Ct);
        Assert.False((await _routes.ReadAsync(Ct))["products"].IsFinal);
        await Desk.BackAsync("products", Ct);

        static async Task RefusedAsync(Func<Task> act, string why) => Assert.Equal(why, await RefusalAsync(act));
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
