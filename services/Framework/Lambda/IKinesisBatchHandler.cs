namespace ServerlessCqrs.Lambda;

/// <summary>
/// Handles the records that Lambda's event source mapping read from one shard: a whole batch at once, in order.
/// </summary>
public interface IKinesisBatchHandler
{
    /// <summary>
    /// Returns the sequence number of the first failed record, or null when all are done. Lambda retries that record
    /// and all later ones. A number that is not in the batch, and any exception, fail the invocation. Then Lambda
    /// retries the whole batch.
    /// </summary>
    /// <param name="records">At least one record, all of one shard.</param>
    /// <param name="context">The invocation.</param>
    /// <param name="ct">Cancelled a margin before the deadline, and shortly after SIGTERM.</param>
    Task<string?> HandleAsync(IReadOnlyList<KinesisRecord> records, InvocationContext context, CancellationToken ct);
}
