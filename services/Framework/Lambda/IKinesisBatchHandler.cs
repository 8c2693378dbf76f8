namespace ServerlessCqrs.Lambda;

/// <summary>Handles what Lambda's event source mapping read from one shard, a whole batch at once, in the shard's order.</summary>
public interface IKinesisBatchHandler
{
    /// <summary>
    /// Returns the sequence number of the first failed record: that one and all after it come again. Returns null when all are done.
    /// A number that is not in the batch, and any exception, fail the invocation: then the whole batch comes again.
    /// </summary>
    /// <param name="records">At least one, all of one shard.</param>
    /// <param name="context">The invocation.</param>
    /// <param name="ct">Cancelled a margin before the deadline, and shortly after SIGTERM.</param>
    Task<string?> HandleAsync(IReadOnlyList<KinesisRecord> records, InvocationContext context, CancellationToken ct);
}
