using ServerlessCqrs.Projections.Lag;
using ServerlessCqrs.ReadModels.Specs.Given;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.ReadModels.Specs.Lag;

public sealed class DynamoLagWatermarksSpecs(DynamoFixture dynamo)
{
    [Fact]
    public async Task A_watermark_only_rises()
    {
        var ct = TestContext.Current.CancellationToken;
        var watermarks = new DynamoLagWatermarks(await dynamo.OpenAsync(ct), await dynamo.CreateAsync(ShopTopology.Checkpoints, ct));
        Assert.Null(await watermarks.FindAsync("products-v1", ct));

        await watermarks.RaiseAsync("products-v1", Story.Start.AddSeconds(2), ct);
        await watermarks.RaiseAsync("products-v1", Story.Start.AddSeconds(1), ct);
        Assert.Equal(Story.Start.AddSeconds(2), await watermarks.FindAsync("products-v1", ct));

        await watermarks.RaiseAsync("products-v1", Story.Start.AddSeconds(3), ct);
        Assert.Equal(Story.Start.AddSeconds(3), await watermarks.FindAsync("products-v1", ct));
        Assert.Null(await watermarks.FindAsync("orders-v1", ct));
    }
}
