using ServerlessCqrs.EventsToEdgeCache;
using ServerlessCqrs.Functions.Specs.Given;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Functions.Specs.EventsToEdgeCache;

public sealed class DynamoDbInvalidationBudgetSpecs(DynamoFixture dynamo)
{
    private readonly AdvancingClock _clock = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_hour_gives_its_budget_and_no_more_and_the_next_hour_gives_it_again()
    {
        var budget = await OpenAsync(10);

        Assert.Equal(7, await budget.TakeAsync(7, Ct));
        Assert.Equal(3, await budget.TakeAsync(7, Ct));
        Assert.Equal(0, await budget.TakeAsync(1, Ct));

        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(10, await budget.TakeAsync(25, Ct));
    }

    [Fact]
    public async Task Those_who_take_at_once_get_the_budget_together()
    {
        var budget = await OpenAsync(100);

        var given = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => budget.TakeAsync(8, Ct)));

        Assert.Equal(100, given.Sum());
    }

    [Fact]
    public async Task The_item_is_the_hour_and_expires()
    {
        var table = await dynamo.CreateAsync(ShopTopology.EdgeBudget, Ct);
        await new DynamoDbInvalidationBudget(await dynamo.OpenAsync(Ct), table, 10, _clock).TakeAsync(4, Ct);

        var item = (await (await dynamo.OpenAsync(Ct)).GetItemAsync(table, new() { ["hour"] = new("2026-11-23T10") }, Ct)).Item;

        Assert.Equal("4", item["used"].N);
        Assert.Equal(_clock.GetUtcNow().AddDays(7), DateTimeOffset.FromUnixTimeSeconds(long.Parse(item[ShopTopology.EdgeBudget.ExpiresAt!].N, null)));
    }

    [Fact]
    public async Task A_budget_of_nothing_gives_nothing()
    {
        Assert.Equal(0, await (await OpenAsync(0)).TakeAsync(1, Ct));
    }

    private async Task<DynamoDbInvalidationBudget> OpenAsync(int pathsPerHour) =>
        new(await dynamo.OpenAsync(Ct), await dynamo.CreateAsync(ShopTopology.EdgeBudget, Ct), pathsPerHour, _clock);
}
