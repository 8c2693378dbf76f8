using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.Web.Degradation;

namespace ServerlessCqrs.QueryApi.Specs;

public sealed class BulkheadSpecs
{
    /// <summary>On Lambda, every request has its own process, so only ClickHouse knows their number.</summary>
    [Fact]
    public async Task Reads_in_a_bulkhead_give_way_to_all_others()
    {
        var ct = TestContext.Current.CancellationToken;
        using var bulkhead = new Bulkhead(atOnce: 1, waiting: 0, TimeSpan.FromSeconds(1), TimeProvider.System);

        var inside = await bulkhead.RunAsync(
            async () =>
            {
                await Task.Yield();
                return GivingWay.MostQueries;
            },
            ct);

        Assert.Equal(8, inside);
        Assert.Equal(0, GivingWay.MostQueries);
    }
}
