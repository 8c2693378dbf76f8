using Amazon.SQS.Model;

namespace ServerlessCqrs.LocalRuntime.Lambda;

/// <summary>The operations of a queue that a mapping uses.</summary>
public interface IMessageQueue
{
    string Arn { get; }

    /// <summary>
    /// Receives at most <paramref name="most"/> messages (SQS returns up to 10). Waits at most <paramref name="wait"/>,
    /// in whole seconds, for the first one.
    /// </summary>
    Task<IReadOnlyList<Message>> ReceiveAsync(int most, TimeSpan wait, CancellationToken ct);

    Task DeleteAsync(IReadOnlyList<Message> messages, CancellationToken ct);

    /// <summary>Hides the messages for <paramref name="time"/>; SQS then redelivers them.</summary>
    Task HideAsync(IReadOnlyList<Message> messages, TimeSpan time, CancellationToken ct);
}
