using ServerlessCqrs.Projections.Building;
using ServerlessCqrs.ReadModels.Specs.Given;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.ReadModels.Specs.Building;

public sealed class DynamoBuildCheckpointsSpecs(DynamoFixture dynamo)
{
    [Fact]
    public async Task Build_remembers_where_it_stopped_and_that_it_was_complete()
    {
        var ct = TestContext.Current.CancellationToken;
        var checkpoints = new DynamoBuildCheckpoints(await dynamo.OpenAsync(ct), await dynamo.CreateAsync(ShopTopology.Checkpoints, ct));
        var checkpoint = new BuildCheckpoint(new Story(1).Stream, 12, 345);
        await checkpoints.SaveAsync("products-v2 everything", checkpoint with { Streams = 1 }, ct);
        await checkpoints.SaveAsync("products-v2 everything", checkpoint, ct);

        Assert.Equal(checkpoint, await checkpoints.FindAsync("products-v2 everything", ct));
        Assert.Null(await checkpoints.FindAsync("products-v1 everything", ct));

        Assert.False(await checkpoints.IsCompleteAsync("products-v2 everything", ct));

        await checkpoints.CompleteAsync("products-v2 everything", ct);
        Assert.True(await checkpoints.IsCompleteAsync("products-v2 everything", ct));
        Assert.Null(await checkpoints.FindAsync("products-v2 everything", ct));

        await checkpoints.SaveAsync("products-v2 everything", checkpoint, ct);
        Assert.False(await checkpoints.IsCompleteAsync("products-v2 everything", ct));

        await checkpoints.DeleteAsync("products-v2 everything", ct);
        Assert.False(await checkpoints.IsCompleteAsync("products-v2 everything", ct));
        Assert.Null(await checkpoints.FindAsync("products-v2 everything", ct));
    }
}
