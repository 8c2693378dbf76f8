using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Following;

/// <summary>Stores messages that could not be handled, until a person looks at them.</summary>
public interface IDeadLetters
{
    /// <summary>Returns after the dead letter is stored. After an exception it may be stored too.</summary>
    Task PutAsync(DeadLetter letter, CancellationToken ct);
}

/// <summary>A message that could not be handled. It can be sent again once the cause is fixed.</summary>
/// <param name="Body">The events and hints of one stream, or the whole message if it could not be read.</param>
/// <param name="Stream">Null when the message could not be read.</param>
public sealed record DeadLetter(
    string Body,
    StreamId? Stream,
    Exception Reason);
