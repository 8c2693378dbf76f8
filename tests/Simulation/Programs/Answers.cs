using ServerlessCqrs.Aws.Reliable;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Sending;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Simulation.Checks;
using ServerlessCqrs.Simulation.Machinery;
using ServerlessCqrs.Simulation.Scene;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Simulation.Programs;

/// <summary>Shared by the functions that answer events with commands.</summary>
internal static class Answers
{
    /// <summary>Creates the stream for the answers. The checks see each before it is sent.</summary>
    public static ICommandStream To(World world, SimProcess process)
    {
        var writer = new KinesisRecordWriter(world.Kinesis, ShopTopology.Commands.Name, RecordOrder.Any, time: process.Clock, random: new Random(7));
        return world.Parts.Answers(new Recorded(new KinesisCommandStream(writer, ShopContracts.Commands), world.Truth));
    }

    /// <summary>Creates the reader of states, as the program's release folds them.</summary>
    public static StateReader States(World world, Topology.Program program, StreamReader reader, IStreamTips tips)
    {
        var isEarlier = world.ReleaseOf(program.Name) == Release.Before;
        return new StateReader(tips, reader, isEarlier ? ShopDomain.Instance.WithDeciders(decider => new EarlierDecider(decider)) : ShopDomain.Instance);
    }

    private sealed class Recorded(ICommandStream inner, Truth truth) : ICommandStream
    {
        public Task PutAsync(IReadOnlyList<CommandRecord> commands, CancellationToken ct)
        {
            foreach (var command in commands) truth.Answering(command);
            return inner.PutAsync(commands, ct);
        }
    }
}
