using Amazon.SQS.Model;

namespace ServerlessCqrs.LocalRuntime.Lambda;

/// <summary>What a mapping asks of a queue.</summary>
public interface IMessageQueue
{
    string Arn { get; }

    /// <summary>At most <paramref name="most"/> (SQS gives 10); waits so long for the first, in whole seconds.</summary>
    Task<IReadOnlyList<Message>> ReceiveAsync(int most, TimeSpan wait, CancellationToken ct);

    Task DeleteAsync(IReadOnlyList<Message> messages, CancellationToken ct);

    /// <summary>Lets them be received again after so long.</summary>
    Task HideAsync(IReadOnlyList<Message> messages, TimeSpan time, CancellationToken ct);
}
