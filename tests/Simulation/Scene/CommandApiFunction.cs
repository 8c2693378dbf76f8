using Microsoft.Extensions.Logging.Abstractions;
using ServerlessCqrs.Aws.Reliable;
using ServerlessCqrs.CommandApi.Commands;
using ServerlessCqrs.CommandApi.Requests;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Sending;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Simulation.Checks;
using ServerlessCqrs.Simulation.Machinery;

namespace ServerlessCqrs.Simulation.Scene;

/// <summary>One instance of the command service, behind its HTTP.</summary>
public sealed class CommandApiFunction(World world, SimProcess process)
{
    public Task<Reply> SendAsync(WriteRequest request, Write write, Guid? predecessor, CancellationToken ct)
    {
        var kinesis = new KinesisCommandStream(new KinesisRecordWriter(world.Kinesis, "commands", time: process.Clock, random: new Random(3)));
        var stream = new Recorded(world.Parts.CommandStream(kinesis, process), world.Truth, request.Caller.Actor, predecessor);
        var tips = new TipReader(world.Tips, process.Clock, NullLogger<TipReader>.Instance);
        var past = new PastOutcomes(world.Log, process.Clock, NullLogger<PastOutcomes>.Instance);
        return new CommandSender(tips, past, new OutcomeWait(tips, past, process.Clock), stream, process.Clock, NullLogger<CommandSender>.Instance).SendAsync(request, write, ct);
    }

    /// <summary>Tells the checks of each command before it leaves.</summary>
    private sealed class Recorded(ICommandStream inner, Truth truth, Actor token, Guid? predecessor) : ICommandStream
    {
        public Task PutAsync(IReadOnlyList<CommandRecord> commands, CancellationToken ct)
        {
            foreach (var command in commands) truth.Sending(new SentCommand(command, token, IsMalformed: false, predecessor));
            return inner.PutAsync(commands, ct);
        }
    }
}
