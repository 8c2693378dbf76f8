using Microsoft.Extensions.Logging.Abstractions;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.EventStore.Writing;
using ServerlessCqrs.Functions.Writing;
using ServerlessCqrs.Lambda;
using ServerlessCqrs.Simulation.Machinery;
using ServerlessCqrs.Simulation.Scene;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Simulation.Programs;

/// <summary>The write path.</summary>
internal static class CommandsToEvents
{
    public static IKinesisBatchHandler Of(World world, SimProcess process)
    {
        var sns = new Aws.Reliable.SnsBatchPublisher(world.Topic, time: process.Clock, random: new Random(1));
        var (log, publisher) = world.Parts.LogAndPublisher(world.Log, new SnsEventPublisher(sns, ShopTopology.Events.Name));
        var isEarlier = world.ReleaseOf(ShopTopology.CommandsToEvents.Name) == Release.Before;
        var tips = world.Parts.Tips(Stores.Tips(world, process, isEarlier ? TipFormat.Json : TipFormat.Binary));
        IStreamTips seenTips = isEarlier ? new EarlierTips(tips) : new NewerCommands.Tips(tips);
        var processor = new CommandProcessor(
            seenTips,
            isEarlier ? new EarlierLog(log) : log,
            new StreamReader(isEarlier ? new EarlierHistory(world.Log) : world.Log, seenTips),
            publisher,
            isEarlier ? world.Parts.Domain.WithDeciders(decider => new EarlierDecider(decider)) : world.Parts.Domain,
            world.Parts.DecisionClock(process.Clock),
            NullLogger<CommandProcessor>.Instance);
        var handler = new CommandsHandler(processor, new StreamIdentity(world.Kinesis), NullLogger<CommandsHandler>.Instance);
        return world.Parts.CommandsHandler(isEarlier ? handler : new NewerCommands.Reader(handler));
    }
}
