using Amazon.SQS;
using Amazon.SQS.Model;
using ServerlessCqrs.EventStore.Publishing;

namespace ServerlessCqrs.Push;

/// <summary>Keeps hints that must wait for the next second.</summary>
public interface IDelayedHints
{
    /// <summary>Stores them, or throws if that is not certain. A hint that is stored twice does no harm.</summary>
    Task PutAsync(IReadOnlyCollection<StreamHint> hints, CancellationToken ct);
}

/// <summary>Sends hints to the function's own queue with a delay of a second.</summary>
public sealed class SqsDelayedHints(IAmazonSQS sqs, string queueUrl) : IDelayedHints
{
    // A hint is at most 270 bytes, and a message 64 KB.
    private const int HintsPerMessage = 200;

    public async Task PutAsync(IReadOnlyCollection<StreamHint> hints, CancellationToken ct)
    {
        foreach (var part in hints.Chunk(HintsPerMessage))
        {
            await sqs.SendMessageAsync(
                new SendMessageRequest
                {
                    QueueUrl = queueUrl,
                    MessageBody = EventMessage.Write([], part),
                    DelaySeconds = (int)PushLimits.Interval.TotalSeconds,
                },
                ct);
        }
    }
}
