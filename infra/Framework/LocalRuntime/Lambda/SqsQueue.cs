using System.Globalization;
using Amazon.SQS;
using Amazon.SQS.Model;
using ServerlessCqrs.LocalRuntime.Resources;

namespace ServerlessCqrs.LocalRuntime.Lambda;

/// <summary>
/// An SQS queue. It ignores a batch call's failures for single messages, because SQS redelivers these.
/// </summary>
public sealed class SqsQueue(
    IAmazonSQS sqs,
    CreatedQueue queue) : IMessageQueue
{
    /// <summary>SQS's limit for the messages of one call (SQS quotas).</summary>
    private const int BatchLimit = 10;

    public string Arn => queue.Arn;

    public async Task<IReadOnlyList<Message>> ReceiveAsync(int most, TimeSpan wait, CancellationToken ct)
    {
        var request = new ReceiveMessageRequest
        {
            QueueUrl = queue.Url,
            MaxNumberOfMessages = Math.Min(most, BatchLimit),
            WaitTimeSeconds = (int)wait.TotalSeconds,
            MessageSystemAttributeNames = ["All"],
            MessageAttributeNames = ["All"],
        };
        return (await sqs.ReceiveMessageAsync(request, ct)).Messages ?? [];
    }

    public async Task DeleteAsync(IReadOnlyList<Message> messages, CancellationToken ct)
    {
        foreach (var part in messages.Chunk(BatchLimit))
            await sqs.DeleteMessageBatchAsync(queue.Url, [.. part.Select((message, i) => new DeleteMessageBatchRequestEntry(Id(i), message.ReceiptHandle))], ct);
    }

    public async Task HideAsync(IReadOnlyList<Message> messages, TimeSpan time, CancellationToken ct)
    {
        var seconds = (int)time.TotalSeconds;
        foreach (var part in messages.Chunk(BatchLimit))
        {
            var entries = part.Select((message, i) => new ChangeMessageVisibilityBatchRequestEntry(Id(i), message.ReceiptHandle) { VisibilityTimeout = seconds });
            await sqs.ChangeMessageVisibilityBatchAsync(queue.Url, [.. entries], ct);
        }
    }

    private static string Id(int i) => i.ToString(CultureInfo.InvariantCulture);
}
