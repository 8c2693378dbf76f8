namespace ServerlessCqrs.Operator.DeadLetters;

/// <summary>One queue's dead letters. Who takes a letter hides it from others for a while; one that is neither deleted nor released by then is there again.</summary>
public interface ILetterQueue
{
    /// <summary>The queue whose function gave them up, by its name in the topology.</summary>
    string Name { get; }

    /// <summary>Takes letters until it finds no more.</summary>
    IAsyncEnumerable<Letter> TakeAsync(CancellationToken ct);

    /// <summary>Puts letters back in sight.</summary>
    Task ReleaseAsync(IReadOnlyCollection<Letter> letters, CancellationToken ct);

    /// <summary>Sends a letter's message to the function's queue again. Returns once it lies there.</summary>
    Task SendBackAsync(Letter letter, CancellationToken ct);

    /// <summary>Ends a letter for good.</summary>
    Task DeleteAsync(Letter letter, CancellationToken ct);
}
