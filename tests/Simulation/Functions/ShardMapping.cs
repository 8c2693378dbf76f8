using ServerlessCqrs.Lambda;
using ServerlessCqrs.Simulation.Checks;
using ServerlessCqrs.Simulation.Machinery;
using ServerlessCqrs.Simulation.Services;

namespace ServerlessCqrs.Simulation.Functions;

/// <summary>
/// Lambda's mapping of a Kinesis stream: shard by shard, parents before children. It bisects a failed batch, and
/// retries a partly failed one from the failure. Sometimes it delivers twice at once. It may stop for days.
/// </summary>
/// <param name="oldest">For a mutant: older records are skipped.</param>
public sealed class ShardMapping(Simulator simulator, Dice dice, Network network, Invoker<IKinesisBatchHandler> function, int batchSize, TimeSpan? oldest, Truth truth)
{
    public async Task ConsumeAsync(SimShard shard)
    {
        await shard.ParentsConsumed;
        while (true)
        {
            await shard.More();
            var count = Math.Min(batchSize, shard.Records.Count - shard.Position);
            if (count == 0)
            {
                shard.End();
                return;
            }

            // The checkpoint lags, so records that were done are delivered again.
            var back = dice.Happens("mapping.delivered-again", 0.03) ? Math.Min(shard.Position, 1 + dice.Roll("mapping.again-by", 8)) : 0;
            var records = shard.Records.GetRange(shard.Position - back, count + back);
            var began = simulator.Now;
            await RunAsync(shard, records.Select(record => new KinesisRecord(record.SequenceNumber, record.Key, shard.Id, SimKinesis.Arn, record.Data, record.ArrivedAt)).ToArray());
            shard.Position += count;
            truth.Passed(shard, began);
        }
    }

    private async Task RunAsync(SimShard shard, ArraySegment<KinesisRecord> batch)
    {
        var parts = new Stack<ArraySegment<KinesisRecord>>([batch]);
        for (var failures = 0; parts.Count > 0;)
        {
            await network.BackAsync("mappings");
            var part = parts.Pop();
            if (oldest is { } age && part[0].ArrivedAt + age < simulator.UtcNow)
            {
                if (part.Count > 1) parts.Push(part[1..]);
                continue;
            }

            // A poller was cut off. Another one takes over the shard while the function still runs.
            TimeSpan? patience = dice.Happens("mapping.zombie", 0.03) ? TimeSpan.FromMilliseconds(200 * dice.Roll("mapping.zombie-after")) : null;
            var (ended, failed) = await function.InvokeAsync((handler, context, ct) => handler.HandleAsync(part, context, ct), patience);
            if (ended && failed is null)
            {
                failures = 0;
                continue;
            }

            var done = ended ? part.ToList().FindIndex(record => record.SequenceNumber == failed) : 0;
            var rest = part[Math.Max(0, done)..];
            if (!ended && rest.Count > 1)
            {
                parts.Push(rest[(rest.Count / 2)..]);
                parts.Push(rest[..(rest.Count / 2)]);
            }
            else
            {
                parts.Push(rest);
            }

            simulator.Timeline.Add("batch failed", null, $"{shard.Id} {rest[0].SequenceNumber} ({rest.Count})");
            await simulator.Delay(TimeSpan.FromMilliseconds(Math.Min(60_000, 100 << Math.Min(failures++, 10))));
        }
    }
}
