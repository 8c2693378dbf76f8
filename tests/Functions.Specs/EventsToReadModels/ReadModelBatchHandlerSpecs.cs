using Microsoft.Extensions.Logging.Abstractions;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Publishing;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Functions.ReadModels;
using ServerlessCqrs.Lambda;
using ServerlessCqrs.Projections.Live;
using ServerlessCqrs.Projections.Stores;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.ShopViews;
using ServerlessCqrs.Streams;
using StreamReader = ServerlessCqrs.EventStore.StreamReader;

namespace ServerlessCqrs.Functions.Specs.EventsToReadModels;

public sealed class ReadModelBatchHandlerSpecs
{
    private static readonly InvocationContext Invocation = new("request-1", "arn", null, DateTimeOffset.MaxValue);
    private readonly ReadModelStores _stores = ReadModelStores.InMemory(ShopReadModels.All);
    private readonly Letters _letters = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Messages_become_items_and_a_poisoned_one_a_dead_letter()
    {
        var (good, poison) = (Created(Guid.NewGuid()), Created(Guid.NewGuid()));
        var unknown = new EventRecord(ShopContracts.Events, poison.Stream, 1, poison.EventId, "ProductBlessed", 1, "{}", poison.CommandId, poison.Actor, poison.At);
        var body = EventMessage.Write([unknown, good], []);

        Assert.Equal(["m"], await HandleAsync(body, receives: 1));
        Assert.NotNull((await _stores.Of(ShopReadModels.ProductDocuments).LoadAsync([good.Stream], Ct))[good.Stream].Document);
        Assert.Empty(await HandleAsync(body, receives: 5));

        var letter = Assert.Single(_letters.Put);
        Assert.Equal([unknown], EventMessage.Parse(ShopContracts.Events, letter.Body).Events);
        Assert.IsType<UnknownContractException>(letter.Reason.InnerException);
        Assert.StartsWith("products-v1: ", letter.Reason.Message, StringComparison.Ordinal);
        Assert.Empty(await _stores.Of(ShopReadModels.ProductDocuments).LoadAsync([poison.Stream], Ct));
    }

    private static EventRecord Created(Guid id) => EventRecord.Of(ShopContracts.Events,
        ProductStreams.IdOf(id),
        1,
        new ProductCreated("seller-1", "Lamp", "", "light", new Money(10, "USD"), 1, "WH_001", new Dictionary<string, string>(), []),
        Guid.NewGuid(),
        0,
        new Actor("seller-1", ShopRoles.Seller),
        DateTimeOffset.UnixEpoch);

    private Task<IReadOnlyCollection<string>> HandleAsync(string body, int receives)
    {
        var reader = new StreamReader(new InMemoryEventLog(TimeProvider.System), new InMemoryStreamTips());
        var handler = new ReadModelBatchHandler(
            new EventFollower(ShopContracts.Events, _letters, maxReceiveCount: 5, NullLogger<EventFollower>.Instance),
            new LiveReadModels(ShopReadModels.All.Over(_stores, reader), new InMemoryReadModelStates(), TimeProvider.System));
        return handler.HandleAsync([new SqsMessage("m", body, receives, DateTimeOffset.UnixEpoch, new Dictionary<string, string>(), "arn", null)], Invocation, Ct);
    }

    private sealed class Letters : IDeadLetters
    {
        public List<DeadLetter> Put { get; } = [];

        public Task PutAsync(DeadLetter letter, CancellationToken ct)
        {
            Put.Add(letter);
            return Task.CompletedTask;
        }
    }
}
