using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.LocalRuntime.Identity;
using ServerlessCqrs.LocalRuntime.Resources;
using ServerlessCqrs.LocalRuntime.Stack;
using ServerlessCqrs.Shop;
using ServerlessCqrs.ShopViews;
using ServerlessCqrs.Topology;

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
            _readModels = new ReadModelCatchUp(stores, tips, ShopDomain.Instance, ShopReadModels.All);
            _orders = new OrderCatchUp(tips, stores.Aws.Sqs, stores.Logger);
        }

        public async Task RunAsync(IReadOnlyDictionary<string, CreatedQueue> queues, CancellationToken ct)
        {
            await _readModels.RunAsync(queues[ShopTopology.ReadModels.Name].Url, ct);
            await _orders.RunAsync(queues[ShopTopology.Orders.Name].Url, queues[ShopTopology.Timeouts.Name].Url, ct);
        }
    }
}
