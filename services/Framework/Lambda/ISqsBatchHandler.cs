namespace ServerlessCqrs.Lambda;

/// <summary>
/// Handles the messages that Lambda's event source mapping received from a queue, a whole batch at once.
/// </summary>
public interface ISqsBatchHandler
{
    /// <summary>
    /// Returns the ids of the messages that failed. SQS redelivers those, and Lambda deletes the others. An id that is
    /// not in the batch, and any exception, fail the invocation. Then SQS redelivers all messages. On a FIFO queue the
    /// messages of a group after a failed one must be returned too, or their order is lost.
    /// </summary>
    /// <param name="messages">At least one message.</param>
    /// <param name="context">The invocation.</param>
    /// <param name="ct">Cancelled a margin before the deadline, and shortly after SIGTERM.</param>
    Task<IReadOnlyCollection<string>> HandleAsync(IReadOnlyList<SqsMessage> messages, InvocationContext context, CancellationToken ct);
}
