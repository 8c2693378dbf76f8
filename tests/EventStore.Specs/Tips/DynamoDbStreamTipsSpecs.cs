using Amazon.DynamoDBv2.Model;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ServerlessCqrs.EventStore.Specs.Log;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Shop;

namespace ServerlessCqrs.EventStore.Specs.Tips;

public sealed class DynamoDbStreamTipsSpecs(Stores stores) : StreamTipsContract
{
    protected override IStreamTips Tips { get; } = new DynamoDbStreamTips(stores.Dynamo, stores.TipsTable, ShopContracts.Events, TimeProvider.System);

    [Fact]
    public async Task The_same_item_again_is_unpacked_once_and_another_is_seen_at_once()
    {
        var ct = TestContext.Current.CancellationToken;
        var (stream, others) = (Rows.NewStream(), new DynamoDbStreamTips(stores.Dynamo, stores.TipsTable, ShopContracts.Events, TimeProvider.System));
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

    [Theory]
    [InlineData(null, 5)]
    [InlineData("binary", 5)]
    [InlineData("json", 1)]
    public async Task Setting_says_in_which_form_tips_are_written(string? setting, byte format)
    {
        var ct = TestContext.Current.CancellationToken;
        var tip = SomeTips.At(Rows.NewStream(), 0, events: 0);
        await using var services = WithFormat(setting);

        Assert.True(await services.GetRequiredService<IStreamTips>().CommitAsync(tip, null, ct));

        var key = new Dictionary<string, AttributeValue> { ["stream"] = new(tip.Stream.ToString()) };
        var item = (await stores.Dynamo.GetItemAsync(stores.TipsTable, key, ct)).Item;
        Assert.Equal(format, item["body"].B.ToArray()[0]);
    }

    [Fact]
    public void Setting_that_names_no_form_is_refused_at_the_start() =>
        Assert.Contains("binary or json", Assert.Throws<InvalidOperationException>(() => WithFormat("xml")).Message, StringComparison.Ordinal);

    private ServiceProvider WithFormat(string? format)
    {
        var settings = new Dictionary<string, string?> { ["STREAM_TIPS_TABLE"] = stores.TipsTable, ["TIP_FORMAT"] = format };
        return new ServiceCollection()
            .AddSingleton(stores.Dynamo)
            .AddStreamTips(new ConfigurationBuilder().AddInMemoryCollection(settings).Build(), ShopDomain.Instance)
            .BuildServiceProvider();
    }
}
