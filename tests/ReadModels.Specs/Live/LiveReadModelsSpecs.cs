using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Projections.Live;
using ServerlessCqrs.Projections.Stores;
using ServerlessCqrs.ReadModels.Specs.Given;
using ServerlessCqrs.ShopViews;
using ServerlessCqrs.Topology;
using StreamReader = ServerlessCqrs.EventStore.StreamReader;

namespace ServerlessCqrs.ReadModels.Specs.Live;

public sealed class LiveReadModelsSpecs(DynamoFixture dynamo)
{
    private readonly WaitingClock _clock = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Version_gets_events_from_its_waking_until_it_is_retired(bool inMemory)
    {
        IReadModelStates states = inMemory ? new InMemoryReadModelStates() : new DynamoReadModelStates(await dynamo.OpenAsync(Ct), await dynamo.CreateAsync(ShopTopology.Checkpoints, Ct));
        var stores = ReadModelStores.InMemory(ShopReadModels.All);
        var live = new LiveReadModels(ShopReadModels.All.Over(stores, new StreamReader(new InMemoryEventLog(), new InMemoryStreamTips())), states, _clock);

        Assert.Equal(live.Declared.Models.Where(model => !model.IsBornAsleep), (await live.NowAsync(Ct)).Models);
        Assert.False(await IsWrittenAsync(1));

        await states.SetAsync(ShopReadModels.ProductsV2, ReadModelState.Alive, Ct);
        await Task.Delay(LiveReadModels.Fresh, _clock, Ct);
        Assert.Equal(live.Declared.Models, (await live.NowAsync(Ct)).Models);
        Assert.True(await IsWrittenAsync(2));

        await states.SetAsync(ShopReadModels.ProductsV2, ReadModelState.Asleep, Ct);
        await Task.Delay(LiveReadModels.Fresh, _clock, Ct);
        Assert.False(await IsWrittenAsync(3));
        Assert.Equal(3, (await stores.Of(ShopReadModels.ProductDocuments).LoadVersionsAsync([.. Enumerable.Range(1, 3).Select(number => new Story(number).Stream)], Ct)).Count);

        async Task<bool> IsWrittenAsync(int number)
        {
            Assert.Empty(await (await live.NowAsync(Ct)).ProjectAsync(Says.Events([.. new Story(number).Events]), Ct));
            return (await stores.Of(ShopReadModels.ProductDocumentsV2).LoadVersionsAsync([new Story(number).Stream], Ct)).Count == 1;
        }
    }

    [Fact]
    public async Task A_process_goes_by_what_it_read_for_two_seconds_at_most()
    {
        var states = new InMemoryReadModelStates();
        var live = new LiveReadModels(ShopReadModels.All.Over(ReadModelStores.InMemory(ShopReadModels.All), new StreamReader(new InMemoryEventLog(), new InMemoryStreamTips())), states, _clock);
        var before = (await live.NowAsync(Ct)).Models.Count;

        await states.SetAsync(ShopReadModels.ProductsV2, ReadModelState.Alive, Ct);
        await Task.Delay(LiveReadModels.Fresh - TimeSpan.FromMilliseconds(1), _clock, Ct);
        Assert.Equal(before, (await live.NowAsync(Ct)).Models.Count);
        await Task.Delay(TimeSpan.FromMilliseconds(1), _clock, Ct);
        Assert.Equal(before + 1, (await live.NowAsync(Ct)).Models.Count);
    }
}
