using ServerlessCqrs.EventStore.Publishing;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Specs.Writing;

/// <summary>
/// Older code escaped characters that JSON does not require to escape. Its bytes stay unchanged wherever they are
/// written again.
/// </summary>
public sealed class StoredEscapesSpecs
{
    private readonly Shard _shard = new();

    [Fact]
    public async Task Commit_of_older_code_is_appended_and_published_as_it_was_stored()
    {
        var product = Shard.Product();
        var batch = _shard.Put(_shard.Command(product, new CreateProduct("<Größe> 😀", "", "audio", new Money(100, "USD"), 1, "WH_001", new Dictionary<string, string>(), [])));
        _shard.Log.FailsBeforeStoring = true;
        await Assert.ThrowsAsync<IOException>(() => _shard.NewProcess().ProcessAsync(Shard.Source, batch, default));
        _shard.Log.FailsBeforeStoring = false;
        var older = await AsOlderCodeCommittedAsync(product);

        await _shard.NewProcess().ProcessAsync(Shard.Source, [.. batch, .. _shard.Put(_shard.Price(product, 80))], default);

        var history = await _shard.HistoryAsync(product);
        Assert.Equal(older, history[0]);
        Assert.Equal(older, _shard.Publisher.Published[0]);
        Assert.Equal("<Größe> 😀", Assert.IsType<ProductCreated>(history[0].Event).Name);
    }

    [Fact]
    public async Task Tip_and_message_hold_the_text_that_was_stored()
    {
        var product = Shard.Product();
        await _shard.NewProcess().ProcessAsync(Shard.Source, _shard.Put(_shard.Create(product)), default);
        var e = await AsOlderCodeCommittedAsync(product);
        var tip = (await _shard.Tips.LoadAsync([product], default))[product];

        Assert.Equal(e, TipBody.Read(ShopContracts.Events, product, tip.Version, tip.Position, TipBody.Write(tip)).Newest.Events[0]);
        Assert.Equal(e, Assert.Single(EventMessage.Parse(ShopContracts.Events, Assert.Single(EventPacker.Pack([e])).Body).Events));
        Assert.Equal(e, Assert.Single(EventMessage.Parse(ShopContracts.Events, EventMessage.Write([e], [])).Events));
    }

    /// <summary>Puts the escapes of older code into the stream's only event.</summary>
    private async Task<EventRecord> AsOlderCodeCommittedAsync(StreamId product)
    {
        var tip = (await _shard.Tips.LoadAsync([product], default))[product];
        var created = Assert.IsType<ProductCreated>(Assert.Single(tip.Newest.Events).Event);
        var older = tip.Newest.Events[0] with { Data = System.Text.Json.JsonSerializer.Serialize(created with { Name = "<Größe> 😀" }, ShopContracts.Events.JsonOf(typeof(ProductCreated))) };
        Assert.Contains("\\u003CGr\\u00F6\\u00DFe\\u003E \\uD83D\\uDE00", older.Data, StringComparison.Ordinal);
        Assert.True(await _shard.Tips.CommitAsync(tip with { Newest = tip.Newest with { Events = [older] } }, tip, default));
        return older;
    }
}
