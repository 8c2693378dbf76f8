using ServerlessCqrs.EventsToOrders;
using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Functions.Processes;
using ServerlessCqrs.Lambda;
using ServerlessCqrs.Simulation.Machinery;
using ServerlessCqrs.Simulation.Scene;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Simulation.Programs;

/// <summary>The order process.</summary>
internal static class EventsToOrders
{
    public static ISqsBatchHandler Of(World world, SimProcess process, EventFollower follower, IEventHistory history, IStreamTips tips)
    {
        var reader = new StreamReader(history, tips);
        return new ProcessBatchHandler(follower, new OrderProcessor(
            new HintedStreams(reader),
            Answers.States(world, ShopTopology.EventsToOrders, reader, tips),
            Answers.To(world, process)).AnswerAsync);
    }
}
