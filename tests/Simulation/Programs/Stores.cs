using Amazon.DynamoDBv2;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Projections.Dynamo;
using ServerlessCqrs.Projections.Stores;
using ServerlessCqrs.Shop;
using ServerlessCqrs.ShopViews;
using ServerlessCqrs.Simulation.Machinery;
using ServerlessCqrs.Simulation.Scene;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Simulation.Programs;

/// <summary>The shop's own DynamoDB adapters for a process.</summary>
internal static class Stores
{
    /// <param name="format">The previous release writes JSON: it is the first of the two steps that introduce a
    /// format.</param>
    public static IStreamTips Tips(World world, SimProcess process, TipFormat format = TipFormat.Binary) =>
        new DynamoDbStreamTips(Db(world), ShopTopology.StreamTips.Name, ShopContracts.Events, process.Clock, new Random(5), format);

    public static ReadModelStores ReadModels(World world, SimProcess process) =>
        ReadModelStores.OnDynamo(ShopReadModels.All, Db(world), table => table.Name, process.Clock, new DynamoPauses(process.Clock, new Random(6)));

    public static DynamoVersions ProductVersions(World world, SimProcess process) => new(Db(world), ShopTopology.ProductsV1.Name, new DynamoPauses(process.Clock));

    private static IAmazonDynamoDB Db(World world) => world.Parts.DynamoDb(world.DynamoDb);
}
