using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Following;

/// <summary>Where what cannot be handled waits for a person.</summary>
public interface IDeadLetters
{
    /// <summary>Returns once the letter is stored; throws where that is not certain, and then it may be stored none the less.</summary>
    Task PutAsync(DeadLetter letter, CancellationToken ct);
}

/// <summary>What could not be handled, as a message that can be sent again once the reason is gone.</summary>
/// <param name="Body">A message of one stream's events and hints; where a message could not be read, all of it.</param>
/// <param name="Stream">Null where the message could not be read.</param>
public sealed record DeadLetter(
    string Body,
    StreamId? Stream,
    Exception Reason);
