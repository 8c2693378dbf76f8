using Amazon.Kinesis.Model;
using ServerlessCqrs.Aws.Reliable;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Simulation.Checks;
using ServerlessCqrs.Simulation.Machinery;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Simulation.Scene;

/// <summary>
/// Sends many commands at once past the command service, like an import. So the decider gets what only the edge would
/// check.
/// </summary>
public sealed class Importer(World world, SimProcess process, Wishes wishes)
{
    private readonly Dictionary<StreamId, Guid> _acknowledged = [];
    private int _sent;

    public async Task RunAsync(Func<bool> takeOne)
    {
        var writer = new KinesisRecordWriter(world.Kinesis, "commands", time: process.Clock, random: new Random(4));
        Func<IReadOnlyList<PutRecordsRequestEntry>, CancellationToken, Task> write = world.Parts.BatchWriter is { } wrong
            ? wrong(world.Kinesis, process)
            : (records, ct) => writer.WriteAsync(records, ct);
        while (true)
        {
            List<CommandRecord> batch = [];
            var size = 2 + world.Dice.Roll("import.size", 5);
            Dictionary<StreamId, Guid> last = new(_acknowledged);
            while (batch.Count < size && takeOne()) batch.Add(Next(last));
            if (batch.Count == 0) return;
            try
            {
                await write([.. batch.Select(record => new PutRecordsRequestEntry { Data = new MemoryStream(CommandJson.Write(ShopContracts.Commands, record)), PartitionKey = record.Stream.ToString() })], CancellationToken.None);
                foreach (var record in batch)
                {
                    world.Truth.Acknowledged(record.CommandId);
                    _acknowledged[record.Stream] = record.CommandId;
                }
            }
            catch (RecordsNotAcknowledgedException)
            {
                // These are in doubt, which an import would report.
            }

            await world.Simulator.Delay(TimeSpan.FromSeconds(4 * world.Dice.Roll("import.pause")));
        }
    }

    private (Wish Wish, Actor By) Wish()
    {
        if (world.Dice.Roll("import.orders") < 0.04) return (wishes.OfNothing(Wishes.Customers[0]), Wishes.Customers[0]);
        var seller = world.Dice.Roll("import.seller", Wishes.Sellers.Count);
        // Sometimes in the name of another seller, which only the decider refuses.
        return (wishes.OfSeller(seller, LargeProducts.InRecord), Wishes.Sellers[world.Dice.Roll("import.as-another") < 0.15 ? 1 - seller : seller]);
    }

    private CommandRecord Next(Dictionary<StreamId, Guid> last)
    {
        var (wish, actor) = Wish();
        var stream = wish.Stream;
        var at = DateTimeOffset.FromUnixTimeMilliseconds(process.Clock.GetUtcNow().ToUnixTimeMilliseconds());
        // Clocks of machines differ, so a later command may have an earlier time.
        if (world.Dice.Happens("import.clock-jumps", 0.1)) at = at.AddSeconds(-30 * world.Dice.Roll("import.clock-by"));
        var record = new CommandRecord(Mix.Uuid(Mix.Of(world.Seed, 0x1111), (ulong)_sent++), null, stream, wish.Command, actor, at);
        world.Truth.Sending(new SentCommand(record, actor, IsMalformed: false, last.TryGetValue(stream, out var before) ? before : null));
        last[stream] = record.CommandId;
        return record;
    }
}
