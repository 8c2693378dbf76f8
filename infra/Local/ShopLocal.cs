using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.LocalRuntime.Identity;
using ServerlessCqrs.LocalRuntime.Resources;
using ServerlessCqrs.LocalRuntime.Stack;
using ServerlessCqrs.Projections.Live;
using ServerlessCqrs.Projections.Stores;
using ServerlessCqrs.Shop;
using ServerlessCqrs.ShopViews;
using ServerlessCqrs.Topology;
using StreamReader = ServerlessCqrs.EventStore.StreamReader;

namespace ServerlessCqrs.Local;

/// <summary>What the shop adds to its local stack.</summary>
public static class ShopLocal
{
    public static LocalAdditions Additions { get; } = new()
    {
        Accounts =
        [
            new SignInAccount("Customer", "Buys, reviews and watches prices.", new TokenRequest("customer-1", "customer-1@example.com", "customer")),
            new SignInAccount("Seller", "Puts products on sale and changes prices.", new TokenRequest("seller-1", "seller-1@example.com", "seller")),
            new SignInAccount("Another customer", "For a second window.", new TokenRequest("customer-2", "customer-2@example.com", "customer")),
        ],
        Operator = "services/Operator",
        Files = ShopExamples.Files,
        Commands = ShopExamples.Commands,
        Demo = new LocalDemo("services/Operator", folder => ["demo", "--data", folder]),
        CatchUp = stores => new ShopCatchUp(stores),
    };

    private sealed class ShopCatchUp : ICatchUp
    {
        private readonly ReadModelCatchUp _readModels;
        private readonly OrderCatchUp _orders;

        public ShopCatchUp(LocalStores stores)
        {
            var tips = new DynamoDbStreamTips(stores.Aws.DynamoDb, ShopTopology.StreamTips.Name, ShopDomain.Instance.Events, TimeProvider.System);
            _readModels = new ReadModelCatchUp(tips, Models(stores, tips), stores.Aws.Sqs, stores.Logger);
            _orders = new OrderCatchUp(tips, stores.Aws.Sqs, stores.Logger);
        }

        public async Task RunAsync(IReadOnlyDictionary<string, CreatedQueue> queues, CancellationToken ct)
        {
            await _readModels.RunAsync(queues[ShopTopology.ReadModels.Name].Url, ct);
            await _orders.RunAsync(queues[ShopTopology.Orders.Name].Url, queues[ShopTopology.Timeouts.Name].Url, ct);
        }

        private static LiveReadModels Models(LocalStores stores, IStreamTips tips)
        {
            var models = ShopReadModels.All;
            var options = ClickHouseOptions.At(stores.ClickHouse, ShopTopology.All.Name);
            var database = new ClickHouseDatabase(options, ShopDomain.Instance, TimeProvider.System);
            return new LiveReadModels(
                models.Over(
                    ReadModelStores.OnDynamo(models, stores.Aws.DynamoDb, table => table.Name, TimeProvider.System),
                    new StreamReader(new ClickHouseEventHistory(database), tips)),
                new DynamoReadModelStates(stores.Aws.DynamoDb, ShopTopology.Checkpoints.Name),
                TimeProvider.System);
        }
    }
}
