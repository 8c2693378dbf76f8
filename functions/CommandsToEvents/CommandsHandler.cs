using Microsoft.Extensions.Logging;
using ServerlessCqrs.EventStore.Writing;
using ServerlessCqrs.Lambda;

namespace ServerlessCqrs.CommandsToEvents;

/// <summary>Gives a shard's batch to the write path. Whatever fails is reported as the first record, so that all of the batch comes again: nothing is ever skipped.</summary>
internal sealed class CommandsHandler(CommandProcessor processor, StreamIdentity identity, ILogger<CommandsHandler> logger) : IKinesisBatchHandler
{
    public async Task<string?> HandleAsync(IReadOnlyList<KinesisRecord> records, InvocationContext context, CancellationToken ct)
    {
        try
        {
            var source = await identity.OfAsync(records[0].StreamArn, ct);
            return await processor.ProcessAsync(
                source,
                [.. records.Select(record => new ArrivedRecord(record.SequenceNumber, record.PartitionKey, record.ArrivedAt, record.Data))],
                ct);
        }
#pragma warning disable CA1031 // The mapping retries what is reported, without end; an exception would only make it bisect as well.
        catch (Exception e) when (!ct.IsCancellationRequested)
#pragma warning restore CA1031
        {
            logger.LogError(e, "A batch of {Records} records of {Shard} failed and comes again", records.Count, records[0].ShardId);
            return records[0].SequenceNumber;
        }
    }
}
