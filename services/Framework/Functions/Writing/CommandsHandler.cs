using Microsoft.Extensions.Logging;
using ServerlessCqrs.EventStore.Writing;
using ServerlessCqrs.Lambda;

namespace ServerlessCqrs.Functions.Writing;

/// <summary>
/// Passes a shard's batch to the write path. Reports the first record that failed, so Lambda retries that record and
/// all later ones, and skips none. After a timeout it halves the part of a batch that it processes at once. Each part
/// that finishes in time doubles it again.
/// </summary>
internal sealed class CommandsHandler(CommandProcessor processor, StreamIdentity identity, ILogger<CommandsHandler> logger) : IKinesisBatchHandler
{
    private int _mostRecords = int.MaxValue;

    /// <summary>Returns the sequence number of the first record that failed, or null when all are done.</summary>
    /// <exception cref="OperationCanceledException">The time ran out before the first part was done. Lambda then
    /// bisects the batch.</exception>
    public async Task<string?> HandleAsync(IReadOnlyList<KinesisRecord> records, InvocationContext context, CancellationToken ct)
    {
        for (var done = 0; done < records.Count;)
        {
            var part = Math.Min(_mostRecords, records.Count - done);
            try
            {
                ct.ThrowIfCancellationRequested();
                var source = await identity.OfAsync(records[0].StreamArn, ct);
                var stopped = await processor.ProcessAsync(
                    source,
                    [.. records.Skip(done).Take(part).Select(record => new ArrivedRecord(record.SequenceNumber, record.PartitionKey, record.ArrivedAt, record.Data))],
                    ct);
                if (stopped is not null) return stopped;
                done += part;
                if (_mostRecords <= int.MaxValue / 2) _mostRecords *= 2;
            }
            catch (Exception e) when (ct.IsCancellationRequested)
            {
                _mostRecords = Math.Max(1, part / 2);
                if (done == 0) throw;
                logger.LogWarning(e, "The time ran out after {Done} of {Records} records of {Shard}. Lambda retries the rest.", done, records.Count, records[0].ShardId);
                return records[done].SequenceNumber;
            }
#pragma warning disable CA1031 // The mapping retries what is reported, without end; an exception would only make it bisect as well.
            catch (Exception e)
#pragma warning restore CA1031
            {
                logger.LogError(e, "{Records} records of {Shard} failed. Lambda retries them.", records.Count - done, records[0].ShardId);
                return records[done].SequenceNumber;
            }
        }

        return null;
    }
}
