using Microsoft.Extensions.Logging.Abstractions;
using ServerlessCqrs.EventsToEdgeCache;
using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Functions.EdgeCache;
using ServerlessCqrs.Lambda;
using ServerlessCqrs.Simulation.Machinery;
using ServerlessCqrs.Simulation.Scene;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Simulation.Programs;

/// <summary>The function that invalidates the edge.</summary>
internal static class EventsToEdgeCache
{
    public static ISqsBatchHandler Of(World world, SimProcess process, EventFollower follower, IEventHistory history, IStreamTips tips) => new EdgeCacheBatchHandler(
        follower,
        new EdgeInvalidator(
            ProductChanges.Of,
            world.Parts.ProductVersions(Stores.ProductVersions(world, process)),
            new CheckedInvalidations(new CloudFrontInvalidations(world.Edge, "distribution"), world.Truth),
            new DynamoDbInvalidationBudget(world.DynamoDb, ShopTopology.EdgeBudget.Name, world.InvalidationsPerHour, world.InvalidationsPerHour, process.Clock),
            process.Clock,
            NullLogger<EdgeInvalidator>.Instance));
}
