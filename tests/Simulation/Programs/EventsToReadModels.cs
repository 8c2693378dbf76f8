using ServerlessCqrs.EventsToReadModels;
using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Lambda;
using ServerlessCqrs.ReadModels;
using ServerlessCqrs.ReadModels.Live;
using ServerlessCqrs.Simulation.Machinery;
using ServerlessCqrs.Simulation.Scene;

namespace ServerlessCqrs.Simulation.Programs;

/// <summary>The read models.</summary>
internal static class EventsToReadModels
{
    public static ISqsBatchHandler Of(World world, SimProcess process, EventFollower follower, IEventHistory history, IStreamTips tips)
    {
        var stores = Stores.ReadModels(world, process).Stores;
        return world.Parts.Project is { } project
            ? new WrongFollower(follower, project(stores.Products))
            : new ReadModelBatchHandler(follower, new LiveReadModels(ShopReadModels.Over(stores, new StreamReader(history, tips)), new InMemoryReadModelStates(), process.Clock));
    }
}
