using Amazon.Runtime;
using Amazon.SQS;
using Amazon.SQS.Model;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Journeys;

/// <summary>A stack's queues, read next to their functions.</summary>
internal sealed class Queues(LocalStack stack) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(180);

    public AmazonSQSClient Sqs { get; } = new(new BasicAWSCredentials("test", "test"), new AmazonSQSConfig { ServiceURL = stack.Endpoint("sqs").ToString(), AuthenticationRegion = "us-east-1" });

    public async Task<string> UrlAsync(string name) => (await Sqs.GetQueueUrlAsync(name)).QueueUrl;

    /// <summary>Waits until functions have handled all messages, and fails if one became a dead letter.</summary>
    public async Task DrainedAsync()
    {
        // Messages with a longer delay do not matter here.
        foreach (var queue in ShopTopology.Queues.Where(queue => queue.Delay < Patience)) await DrainedAsync(queue);
    }

    /// <summary>Waits for one queue.</summary>
    public async Task DrainedAsync(Queue queue)
    {
        var (url, letters) = (await UrlAsync(queue.Name), await UrlAsync(queue.DeadLettersName));
        await Eventually.TrueAsync(async () => await CountAsync(url) == 0, Patience, () => $"{queue.Name} is not empty");
        Assert.True(await CountAsync(letters) == 0, $"{queue.DeadLettersName} is not empty: {await PeekAsync(letters)}");
    }

    /// <summary>Returns some of a queue's messages with their attributes, without removing them.</summary>
    public async Task<string> PeekAsync(string url)
    {
        var request = new ReceiveMessageRequest(url) { MaxNumberOfMessages = 10, VisibilityTimeout = 0, MessageAttributeNames = ["All"] };
        return string.Join('\n', ((await Sqs.ReceiveMessageAsync(request)).Messages ?? []).Select(message => $"{message.Body} {string.Join(' ', (message.MessageAttributes ?? []).Values.Select(value => value.StringValue))}"));
    }

    public void Dispose() => Sqs.Dispose();

    private async Task<int> CountAsync(string url)
    {
        var counts = await Sqs.GetQueueAttributesAsync(new GetQueueAttributesRequest(url, ["All"]));
        return counts.ApproximateNumberOfMessages + counts.ApproximateNumberOfMessagesNotVisible + counts.ApproximateNumberOfMessagesDelayed;
    }
}
