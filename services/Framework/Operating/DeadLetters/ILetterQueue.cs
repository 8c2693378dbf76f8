namespace ServerlessCqrs.Operating.DeadLetters;

/// <summary>
/// One dead letter queue. A taken letter is hidden from other readers. It becomes visible again if it is neither
/// deleted nor released.
/// </summary>
public interface ILetterQueue
{
    /// <summary>The topology name of the queue that the letters come from.</summary>
    string Name { get; }

    /// <summary>Takes letters until the queue has no visible one.</summary>
    IAsyncEnumerable<Letter> TakeAsync(CancellationToken ct);

    /// <summary>Makes letters visible again.</summary>
    Task ReleaseAsync(IReadOnlyCollection<Letter> letters, CancellationToken ct);

    /// <summary>Sends a letter's message back to the function's queue. Returns when SQS has stored it.</summary>
    Task SendBackAsync(Letter letter, CancellationToken ct);

    /// <summary>Deletes a letter permanently.</summary>
    Task DeleteAsync(Letter letter, CancellationToken ct);
}
