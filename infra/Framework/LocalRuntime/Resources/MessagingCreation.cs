using System.Globalization;
using System.Text.Json;
using Amazon.SimpleNotificationService;
using Amazon.SimpleNotificationService.Model;
using Amazon.SQS;
using Amazon.SQS.Model;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.LocalRuntime.Resources;

/// <summary>
/// Creates SNS topics, SQS queues with their dead letter queues, and the filtered, raw subscriptions between them.
/// </summary>
internal sealed class MessagingCreation(
    IAmazonSimpleNotificationService sns,
    IAmazonSQS sqs)
{
    public async Task<(IReadOnlyDictionary<string, string> Topics, IReadOnlyDictionary<string, CreatedQueue> Queues)> CreateAsync(
        IReadOnlyList<Queue> queues,
        CancellationToken ct)
    {
        var topics = new Dictionary<string, string>();
        foreach (var topic in queues.Select(queue => queue.Source).Distinct())
            topics[topic.Name] = (await sns.CreateTopicAsync(new CreateTopicRequest(topic.Name), ct)).TopicArn!;

        var created = new Dictionary<string, CreatedQueue>();
        foreach (var queue in queues)
        {
            var deadLetters = created[queue.DeadLettersName] = await CreateAsync(queue.DeadLettersName, [], ct);
            var own = created[queue.Name] = await CreateAsync(queue.Name, Attributes(queue, deadLetters.Arn), ct);
            await SubscribeAsync(queue, topics[queue.Source.Name], own.Arn, ct);
        }

        return (topics, created);
    }

    private static Dictionary<string, string> Attributes(Queue queue, string deadLettersArn) => new()
    {
        [QueueAttributeName.DelaySeconds] = Seconds(queue.Delay),
        [QueueAttributeName.VisibilityTimeout] = Seconds(queue.VisibilityTimeout),
        [QueueAttributeName.RedrivePolicy] = JsonSerializer.Serialize(new { deadLetterTargetArn = deadLettersArn, maxReceiveCount = queue.RedriveReceiveCount }),
    };

    private async Task<CreatedQueue> CreateAsync(string name, Dictionary<string, string> attributes, CancellationToken ct)
    {
        attributes[QueueAttributeName.MessageRetentionPeriod] = Seconds(Queue.Retention);
        var url = await CreateOrFindAsync(name, attributes, ct);
        var found = await sqs.GetQueueAttributesAsync(url, [QueueAttributeName.QueueArn], ct);
        return new CreatedQueue(url, found.QueueARN);
    }

    private async Task<string> CreateOrFindAsync(string name, Dictionary<string, string> attributes, CancellationToken ct)
    {
        try
        {
            return (await sqs.CreateQueueAsync(new CreateQueueRequest { QueueName = name, Attributes = attributes }, ct)).QueueUrl;
        }
        catch (QueueNameExistsException)
        {
            // The queue exists with other attributes: the topology has changed since.
            var url = (await sqs.GetQueueUrlAsync(name, ct)).QueueUrl;
            await sqs.SetQueueAttributesAsync(url, attributes, ct);
            return url;
        }
    }

    /// <summary>Subscribes a queue. For an existing subscription, SNS returns its ARN.</summary>
    private Task SubscribeAsync(Queue queue, string topicArn, string queueArn, CancellationToken ct) => sns.SubscribeAsync(
        new SubscribeRequest
        {
            TopicArn = topicArn,
            Protocol = "sqs",
            Endpoint = queueArn,
            ReturnSubscriptionArn = true,
            Attributes = new Dictionary<string, string>
            {
                ["RawMessageDelivery"] = "true",
                ["FilterPolicy"] = JsonSerializer.Serialize(new Dictionary<string, string[]> { [queue.Tag] = ["1"] }),
            },
        },
        ct);

    private static string Seconds(TimeSpan time) => ((int)time.TotalSeconds).ToString(CultureInfo.InvariantCulture);
}
