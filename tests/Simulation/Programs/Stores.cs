using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.ReadModels;
using ServerlessCqrs.ReadModels.Dynamo;
using ServerlessCqrs.ReadModels.Products;
using ServerlessCqrs.Simulation.Machinery;
using ServerlessCqrs.Simulation.Scene;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Simulation.Programs;

/// <summary>The shop's own adapters to DynamoDB, as a process has them.</summary>
internal static class Stores
{
    public static IStreamTips Tips(World world, SimProcess process) => new DynamoDbStreamTips(world.DynamoDb, ShopTopology.StreamTips.Name, process.Clock, new Random(5));

    public static DynamoProductsV1 Products(World world, SimProcess process) => new(
        world.DynamoDb,
        ShopTopology.ProductsV1.Name,
        new KnownCategories(world.DynamoDb, ShopTopology.Checkpoints.Name, DynamoProductsV1.ReadModelName, process.Clock),
        process.Clock);

    public static IReadModelVersions ProductVersions(World world, SimProcess process) => new DynamoVersions(world.DynamoDb, ShopTopology.ProductsV1.Name, process.Clock);
}
