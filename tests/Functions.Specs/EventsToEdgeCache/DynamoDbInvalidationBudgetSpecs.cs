using ServerlessCqrs.Functions.EdgeCache;
using ServerlessCqrs.Functions.Specs.Given;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Functions.Specs.EventsToEdgeCache;

public sealed class DynamoDbInvalidationBudgetSpecs(DynamoFixture dynamo)
{
    private readonly AdvancingClock _clock = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Full_bucket_gives_its_burst_and_then_what_flows_in()
    {
        var budget = await OpenAsync(pathsPerHour: 60, burst: 10);

        Assert.Equal(7, await budget.TakeAsync(7, Ct));
        Assert.Equal(3, await budget.TakeAsync(7, Ct));
        Assert.Equal(0, await budget.TakeAsync(1, Ct));

        _clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(2, await budget.TakeAsync(7, Ct));
        Assert.Equal(0, await budget.TakeAsync(1, Ct));
    }

    [Fact]
    public async Task Bucket_never_holds_more_than_its_burst()
    {
        var budget = await OpenAsync(pathsPerHour: 60, burst: 10);
        await budget.TakeAsync(1, Ct);

        _clock.Advance(TimeSpan.FromDays(100));

        Assert.Equal(10, await budget.TakeAsync(25, Ct));
        Assert.Equal(0, await budget.TakeAsync(1, Ct));
    }

    [Fact]
    public void Month_that_begins_with_a_full_bucket_costs_at_most_100_dollars()
    {
        const int HoursInTheLongestMonth = 31 * 24;
        var settings = ShopTopology.EventsToEdgeCache.Environment.ToDictionary(setting => setting.Name, setting => (setting.Value as SettingValue.Text)?.Value);

        var paths = int.Parse(settings["INVALIDATIONS_AT_ONCE"]!, null) + (int.Parse(settings["INVALIDATIONS_PER_HOUR"]!, null) * HoursInTheLongestMonth);

        // CloudFront pricing: the first 1,000 paths a month are free.
        Assert.InRange((paths - 1_000) * 0.005m, 0, 100);
    }

    [Fact]
    public async Task Takers_at_the_same_time_share_the_budget()
    {
        var budget = await OpenAsync(pathsPerHour: 100, burst: 100);

        var given = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => budget.TakeAsync(8, Ct)));

        Assert.Equal(100, given.Sum());
    }

    [Fact]
    public async Task Item_expires_after_the_bucket_is_full_again()
    {
        var table = await dynamo.CreateAsync(ShopTopology.EdgeBudget, Ct);
        await new DynamoDbInvalidationBudget(await dynamo.OpenAsync(Ct), table, pathsPerHour: 10, burst: 20, _clock).TakeAsync(4, Ct);

        var item = (await (await dynamo.OpenAsync(Ct)).GetItemAsync(table, new() { ["hour"] = new("bucket") }, Ct)).Item;

        Assert.Equal(_clock.GetUtcNow().AddMinutes(24), DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(item["fullAt"].N, null)));
        Assert.Equal(_clock.GetUtcNow().AddHours(2).AddDays(7), DateTimeOffset.FromUnixTimeSeconds(long.Parse(item[ShopTopology.EdgeBudget.ExpiresAt!].N, null)));
    }

    [Fact]
    public async Task Budget_of_nothing_gives_nothing()
    {
        Assert.Equal(0, await (await OpenAsync(pathsPerHour: 0, burst: 10)).TakeAsync(1, Ct));
    }

    private async Task<DynamoDbInvalidationBudget> OpenAsync(int pathsPerHour, int burst) =>
        new(await dynamo.OpenAsync(Ct), await dynamo.CreateAsync(ShopTopology.EdgeBudget, Ct), pathsPerHour, burst, _clock);
}
