using ServerlessCqrs.EventsToReadModels;
using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Lambda;
using ServerlessCqrs.ReadModels;
using ServerlessCqrs.ReadModels.Products;
using ServerlessCqrs.Simulation.Machinery;
using ServerlessCqrs.Simulation.Scene;

namespace ServerlessCqrs.Simulation.Programs;

/// <summary>The read models.</summary>
internal static class EventsToReadModels
{
    public static ISqsBatchHandler Of(World world, SimProcess process, EventFollower follower, IEventHistory history, IStreamTips tips)
    {
        var products = world.Parts.Products(Stores.Products(world, process));
        return world.Parts.Project is { } project
            ? new WrongFollower(follower, project(products))
            : new ReadModelBatchHandler(follower, new Projector<ProductDocument>(products, new ProductProjection(), new StreamReader(history, tips)));
    }
}
