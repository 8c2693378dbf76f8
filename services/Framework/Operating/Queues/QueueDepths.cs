using Amazon.SQS.Model;
using ServerlessCqrs.Operating.Stacks;

namespace ServerlessCqrs.Operating.Queues;

/// <summary>The number of waiting messages: SQS's approximate count.</summary>
public sealed record QueueDepth(
    string Name,
    bool IsDeadLetters,
    int Visible,
    int InFlight,
    int Delayed)
{
    public int All => Visible + InFlight + Delayed;
}

/// <summary>The depths of the topology's queues and their dead letter queues.</summary>
internal sealed class QueueDepths(OperatedStack stack)
{
    public async Task<IReadOnlyList<QueueDepth>> ReadAsync(CancellationToken ct) => await Task.WhenAll(
        stack.System.Topology.Queues.SelectMany(queue => new[]
        {
            ReadAsync(queue.Name, dead: false, ct),
            ReadAsync(queue.DeadLettersName, dead: true, ct),
        }));

    private async Task<QueueDepth> ReadAsync(string name, bool dead, CancellationToken ct)
    {
        var url = await stack.QueueUrlAsync(name, ct);
        var attributes = await stack.Sqs.GetQueueAttributesAsync(
            new GetQueueAttributesRequest { QueueUrl = url, AttributeNames = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible", "ApproximateNumberOfMessagesDelayed"] },
            ct);
        return new QueueDepth(name, dead, attributes.ApproximateNumberOfMessages, attributes.ApproximateNumberOfMessagesNotVisible, attributes.ApproximateNumberOfMessagesDelayed);
    }
}
