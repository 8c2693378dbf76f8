using ServerlessCqrs.EventStore.Specs.Log;
using ServerlessCqrs.EventStore.Tips;

namespace ServerlessCqrs.EventStore.Specs.Tips;

public sealed class DynamoDbStreamTipsSpecs(Stores stores) : StreamTipsContract
{
    protected override IStreamTips Tips { get; } = new DynamoDbStreamTips(stores.Dynamo, stores.TipsTable, TimeProvider.System);

    [Fact]
    public async Task The_same_item_again_is_unpacked_once_and_another_is_seen_at_once()
    {
        var ct = TestContext.Current.CancellationToken;
        var (stream, others) = (Rows.NewStream(), new DynamoDbStreamTips(stores.Dynamo, stores.TipsTable, TimeProvider.System));
        var first = SomeTips.At(stream, 1);
        Assert.True(await others.CommitAsync(first, null, ct));
        var read = await Tips.FindAsync(stream, ct);

        Assert.Same(read, await Tips.FindAsync(stream, ct));
        Assert.True(await others.CommitAsync(SomeTips.At(stream, 2), read, ct));
        Assert.Equal(2, (await Tips.FindAsync(stream, ct))!.Version);
    }

    [Fact]
    public async Task A_tip_beyond_an_items_limit_is_named()
    {
        var tip = SomeTips.At(Rows.NewStream(), 1, data: Noise(600_000));

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => Tips.CommitAsync(tip, null, TestContext.Current.CancellationToken));

        Assert.Contains(tip.Stream.ToString(), error.Message, StringComparison.Ordinal);
    }
}
