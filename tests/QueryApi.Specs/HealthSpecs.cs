using ServerlessCqrs.QueryApi.Specs.Playground;
using ServerlessCqrs.Web.Degradation;
using static ServerlessCqrs.QueryApi.Specs.Playground.ShopInMemory;

namespace ServerlessCqrs.QueryApi.Specs;

public sealed class HealthSpecs : IDisposable
{
    private readonly QueryServer _server = new();

    public void Dispose() => _server.Dispose();

    [Theory]
    [InlineData(Fault.None, Fault.None, Fault.None, 200, "ok")]
    [InlineData(Fault.Fails, Fault.None, Fault.None, 200, "degraded")]
    [InlineData(Fault.None, Fault.Fails, Fault.None, 200, "degraded")]
    [InlineData(Fault.None, Fault.None, Fault.Fails, 200, "degraded")]
    [InlineData(Fault.Fails, Fault.Fails, Fault.None, 200, "degraded")]
    [InlineData(Fault.Fails, Fault.Fails, Fault.Fails, 503, "unavailable")]
    public async Task It_is_well_while_anything_can_be_answered(Fault readModel, Fault tips, Fault log, int status, string name)
    {
        (_server.ReadModel.Items.Now, _server.Tips.Faults.Now, _server.Log.Faults.Now) = (readModel, tips, log);
        var answer = await _server.Anyone.SendAsync("GET /health");
        Assert.Equal(status, (int)answer.StatusCode);
        var body = System.Text.Json.Nodes.JsonNode.Parse(await answer.TextAsync())!;
        Assert.Equal(name, (string?)body["status"]);
        Assert.Equal(readModel == Fault.None ? "ok" : "away", (string?)body["dependencies"]!["products-v1"]);
        Assert.Equal(tips == Fault.None ? "ok" : "away", (string?)body["dependencies"]!["stream-tips"]);
        Assert.Equal(log == Fault.None ? "ok" : "away", (string?)body["dependencies"]!["event-log"]);
    }

    [Fact]
    public async Task Asking_often_costs_one_look_a_second()
    {
        for (var i = 0; i < 5; i++) await _server.Anyone.SendAsync("GET /health");
        Assert.Equal(1, _server.ReadModel.Items.Calls);
        _server.Time.Advance(TimeSpan.FromSeconds(1));
        await _server.Anyone.SendAsync("GET /health");
        Assert.Equal(2, _server.ReadModel.Items.Calls);
    }

    [Fact]
    public async Task Looking_at_the_health_closes_the_circuit_of_what_is_back()
    {
        var id = await _server.Shop.CreateAsync();
        _server.ReadModel.Items.Now = Fault.Fails;
        for (var i = 0; i < Dependency.MinimumCalls; i++) await _server.Anyone.SendAsync($"GET /products/{id}");
        _server.ReadModel.Items.Now = Fault.None;
        _server.Time.Advance(Dependency.Pause + TimeSpan.FromMilliseconds(1));
        Assert.Equal("ok", (string?)(await (await _server.Anyone.SendAsync("GET /health")).ShouldBeOkAsync())["status"]);
        Assert.Null((await _server.Anyone.SendAsync($"GET /products/{id}")).Header("X-Answered-From"));
    }

    [Fact]
    public async Task The_lag_is_that_of_the_oldest_event_not_yet_applied()
    {
        var id = await _server.Shop.CreateAsync();
        var lag = await LagAsync();
        Assert.Equal((0, 0, null), ((long)lag["lagMs"]!, (long)lag["behind"]!, (string?)lag["oldest"]));

        await _server.Shop.HappenAsync(id, [Price(100, 80)], projected: false);
        _server.Time.Advance(TimeSpan.FromMilliseconds(2_500));
        lag = await LagAsync();
        Assert.Equal((2_500, 1, $"product-{id}"), ((long)lag["lagMs"]!, (long)lag["behind"]!, (string?)lag["oldest"]));

        await _server.Shop.ProjectAsync(id);
        Assert.Equal(2_500, (long)(await LagAsync())["lagMs"]!);
        _server.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(0, (long)(await LagAsync())["lagMs"]!);

        async Task<System.Text.Json.Nodes.JsonNode> LagAsync() =>
            (await (await _server.Anyone.SendAsync("GET /health/sync-lag")).ShouldBeOkAsync())["readModels"]!["products-v1"]!;
    }

    [Fact]
    public async Task A_lag_that_cannot_be_observed_is_503_and_not_0()
    {
        _server.Log.Faults.Now = Fault.Fails;
        await (await _server.Anyone.SendAsync("GET /health/sync-lag")).ShouldBeProblemAsync(503, "unavailable");
    }
}
