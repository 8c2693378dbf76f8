using Amazon.Kinesis;
using Amazon.Kinesis.Model;
using Microsoft.Extensions.Logging;
using ServerlessCqrs.LocalRuntime.Resources;

namespace ServerlessCqrs.LocalRuntime.Lambda;

/// <summary>
/// Reads one shard from its checkpoint and passes on its batches one at a time. It ends when it has read a closed shard
/// to its end.
/// </summary>
internal sealed class ShardPoller(
    IAmazonKinesis kinesis,
    CreatedStream stream,
    Topology.StreamMapping mapping,
    string shardId,
    StreamBatchRunner runner,
    CheckpointFile checkpoints,
    MappingPace pace,
    TimeProvider clock,
    ILogger log)
{
    /// <summary>Lambda's limit for an event, in bytes (Lambda quotas: invocation payload).</summary>
    private const int LargestEvent = 6 * 1024 * 1024;

    /// <summary>GetRecords' maximum (Kinesis quotas).</summary>
    private const int MostRecords = 10_000;

    private readonly Queue<StreamRecord> _read = new();
    private int _readBytes;
    private string? _iterator;
    private bool _closed;

    public async Task RunAsync(CancellationToken stop, CancellationToken abort)
    {
        var failures = 0;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await ReadAsync(stop);
                if (_read.Count > 0)
                    await runner.RunAsync(Take(), stop, abort);
                else if (_closed)
                {
                    checkpoints.Finish(shardId);
                    return;
                }

                failures = 0;
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // whatever an emulator does while it dies and comes back, the shard is read again from its checkpoint
            catch (Exception e)
#pragma warning restore CA1031
            {
                if (e is not ExpiredIteratorException && failures == 0)
                    log.LogWarning("{Shard} cannot be read and is tried again: {Message}", shardId, e.Message);
                Forget();
                await Pause.ForAsync(pace.RetryAfter(failures++), clock, stop);
            }
        }
    }

    /// <summary>Reads until a batch is full, its window ends, or the shard ends.</summary>
    private async Task ReadAsync(CancellationToken stop)
    {
        var since = clock.GetTimestamp();
        while (!_closed && _read.Count < mapping.BatchSize && _readBytes < LargestEvent)
        {
            _iterator ??= await IteratorAsync(stop);
            var limit = Math.Min(mapping.BatchSize - _read.Count, MostRecords);
            var answer = await kinesis.GetRecordsAsync(new GetRecordsRequest { ShardIterator = _iterator, Limit = limit }, stop);
            _iterator = answer.NextShardIterator;
            _closed = _iterator is null;
            if (_read.Count == 0)
                since = clock.GetTimestamp();
            foreach (var record in answer.Records ?? [])
                Add(record);
            if (_read.Count > 0 && clock.GetElapsedTime(since) >= mapping.Window)
                return;
            if (answer.Records is not { Count: > 0 } && !_closed)
                await Task.Delay(pace.IdleShard, clock, stop);
        }
    }

    private void Add(Record record)
    {
        var read = new StreamRecord(
            record.SequenceNumber!,
            record.PartitionKey!,
            record.Data?.ToArray() ?? [],
            record.ApproximateArrivalTimestamp is { } at ? new DateTimeOffset(at.ToUniversalTime()) : clock.GetUtcNow());
        _read.Enqueue(read);
        _readBytes += read.EventBytes;
    }

    /// <summary>Takes as many records as fit into one event. The rest stays for the next one.</summary>
    private StreamRecord[] Take()
    {
        var batch = new List<StreamRecord>();
        for (var bytes = 0; _read.TryPeek(out var next) && batch.Count < mapping.BatchSize && (batch.Count == 0 || bytes + next.EventBytes <= LargestEvent);)
        {
            batch.Add(_read.Dequeue());
            bytes += next.EventBytes;
            _readBytes -= next.EventBytes;
        }

        return [.. batch];
    }

    private void Forget()
    {
        _read.Clear();
        _readBytes = 0;
        _iterator = null;
        _closed = false;
    }

    private async Task<string> IteratorAsync(CancellationToken stop)
    {
        if (checkpoints.After(shardId) is not { } after)
            return await IteratorAsync(ShardIteratorType.TRIM_HORIZON, null, stop);
        try
        {
            return await IteratorAsync(ShardIteratorType.AFTER_SEQUENCE_NUMBER, after, stop);
        }
        catch (InvalidArgumentException e)
        {
            log.LogWarning("{Shard} does not know its checkpoint and is read from its beginning: {Message}", shardId, e.Message);
            return await IteratorAsync(ShardIteratorType.TRIM_HORIZON, null, stop);
        }
    }

    private async Task<string> IteratorAsync(ShardIteratorType type, string? after, CancellationToken stop)
    {
        var request = new GetShardIteratorRequest
        {
            StreamName = mapping.Source.Name,
            ShardId = shardId,
            ShardIteratorType = type,
            StartingSequenceNumber = after,
        };
        return (await kinesis.GetShardIteratorAsync(request, stop)).ShardIterator
            ?? throw new AmazonKinesisException($"{stream.Arn} gave no iterator.");
    }
}
