using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Functions.Processes;
using ServerlessCqrs.Lambda;
using ServerlessCqrs.OrdersToTimeouts;
using ServerlessCqrs.Simulation.Machinery;
using ServerlessCqrs.Simulation.Scene;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Simulation.Programs;

/// <summary>The function that ends overdue orders.</summary>
internal static class OrdersToTimeouts
{
    public static ISqsBatchHandler Of(World world, SimProcess process, EventFollower follower, IEventHistory history, IStreamTips tips)
    {
        var reader = new StreamReader(history, tips);
        var seen = world.Parts.TimeoutTips(tips);
        return new ProcessBatchHandler(follower, new OverdueOrders(
            new HintedStreams(reader),
            Answers.States(world, ShopTopology.OrdersToTimeouts, reader, seen),
            Answers.To(world, process),
            process.Clock).ExpireAsync);
    }
}
