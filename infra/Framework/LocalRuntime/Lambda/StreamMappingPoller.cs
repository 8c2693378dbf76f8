using Amazon.Kinesis;
using Amazon.Kinesis.Model;
using Microsoft.Extensions.Logging;
using ServerlessCqrs.LocalRuntime.Resources;

namespace ServerlessCqrs.LocalRuntime.Lambda;

/// <summary>
/// The event source mapping of a stream. It reads the shards in parallel, each in order, and parents before their
/// children.
/// Source: https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html
/// </summary>
public sealed class StreamMappingPoller(
    IAmazonKinesis kinesis,
    CreatedStream stream,
    Topology.StreamMapping mapping,
    IInvoker function,
    CheckpointFile checkpoints,
    MappingPace pace,
    TimeProvider clock,
    ILogger log)
{
    /// <summary>
    /// Runs until <paramref name="stop"/>. Then waits for invocations in flight until <paramref name="abort"/>.
    /// </summary>
    public async Task RunAsync(CancellationToken stop, CancellationToken abort)
    {
        var running = new Dictionary<string, Task>();
        while (!stop.IsCancellationRequested)
        {
            try
            {
                foreach (var shard in Ready(await ShardsAsync(stop)))
                {
                    if (!running.ContainsKey(shard))
                        running[shard] = Poller(shard).RunAsync(stop, abort);
                }
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                break;
            }
#pragma warning disable CA1031 // as for a shard: the stream is asked again
            catch (Exception e)
#pragma warning restore CA1031
            {
                log.LogWarning("The shards of {Stream} cannot be listed and are asked for again: {Message}", mapping.Source.Name, e.Message);
                await Pause.ForAsync(pace.LongestRetry, clock, stop);
                continue;
            }

            var open = running.Values.Where(task => !task.IsCompleted);
            await Task.WhenAny([.. open, Task.Delay(pace.NewShards, clock, stop)]);
        }

        await Task.WhenAll(running.Values);
    }

    /// <summary>Returns the shards whose parents were read to their end or have expired.</summary>
    private IEnumerable<string> Ready(IReadOnlyList<Shard> shards)
    {
        var open = shards.Select(shard => shard.ShardId!).Where(id => !checkpoints.IsFinished(id)).ToHashSet();
        return shards
            .Where(shard => open.Contains(shard.ShardId!))
            .Where(shard => !open.Contains(shard.ParentShardId ?? "") && !open.Contains(shard.AdjacentParentShardId ?? ""))
            .Select(shard => shard.ShardId!);
    }

    private async Task<IReadOnlyList<Shard>> ShardsAsync(CancellationToken stop)
    {
        var shards = new List<Shard>();
        var request = new ListShardsRequest { StreamName = mapping.Source.Name };
        while (true)
        {
            var answer = await kinesis.ListShardsAsync(request, stop);
            shards.AddRange(answer.Shards ?? []);
            if (answer.NextToken is null)
                return shards;
            request = new ListShardsRequest { NextToken = answer.NextToken };
        }
    }

    private ShardPoller Poller(string shardId) => new(
        kinesis,
        stream,
        mapping,
        shardId,
        new StreamBatchRunner(shardId, stream.Arn, function, checkpoints, pace, clock, log),
        checkpoints,
        pace,
        clock,
        log);
}
