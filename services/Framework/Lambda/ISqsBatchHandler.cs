namespace ServerlessCqrs.Lambda;

/// <summary>Handles what Lambda's event source mapping received from a queue, a whole batch at once.</summary>
public interface ISqsBatchHandler
{
    /// <summary>
    /// Returns the ids of the messages that failed: those come again, the others are deleted from the queue.
    /// An id that is not in the batch, and any exception, fail the invocation: then all messages come again.
    /// On a FIFO queue the messages of a group after a failed one must be returned too, or their order is lost.
    /// </summary>
    /// <param name="messages">At least one.</param>
    /// <param name="context">The invocation.</param>
    /// <param name="ct">Cancelled a margin before the deadline, and shortly after SIGTERM.</param>
    Task<IReadOnlyCollection<string>> HandleAsync(IReadOnlyList<SqsMessage> messages, InvocationContext context, CancellationToken ct);
}
