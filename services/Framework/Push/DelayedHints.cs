using Amazon.SQS;
using Amazon.SQS.Model;
using ServerlessCqrs.EventStore.Publishing;

namespace ServerlessCqrs.Push;

/// <summary>Where hints wait for the next second.</summary>
public interface IDelayedHints
{
    /// <summary>Returns once they are stored; throws where that is not certain. Stored twice, they do no harm.</summary>
    Task PutAsync(IReadOnlyCollection<StreamHint> hints, CancellationToken ct);
}

/// <summary>Hints that come back to the function's own queue after a second.</summary>
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
