using ServerlessCqrs.EventStore.Specs.Log;
using ServerlessCqrs.EventStore.Tips;

namespace ServerlessCqrs.EventStore.Specs.Tips;

public sealed class DynamoDbStreamTipsSpecs(Stores stores) : StreamTipsContract
{
    protected override IStreamTips Tips { get; } = new DynamoDbStreamTips(stores.Dynamo, stores.TipsTable, TimeProvider.System);

    [Fact]
    public async Task A_tip_beyond_an_items_limit_is_named()
    {
        var tip = SomeTips.At(Rows.NewStream(), 1, data: Noise(600_000));

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => Tips.CommitAsync(tip, null, TestContext.Current.CancellationToken));

        Assert.Contains(tip.Stream.ToString(), error.Message, StringComparison.Ordinal);
    }
}
