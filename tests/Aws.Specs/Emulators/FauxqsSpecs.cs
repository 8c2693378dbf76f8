using System.Globalization;
using Amazon.SimpleNotificationService;
using Amazon.SimpleNotificationService.Model;
using Amazon.SQS;
using Amazon.SQS.Model;
using ServerlessCqrs.Aws.Reliable;
using ServerlessCqrs.Aws.Specs.Wire;

namespace ServerlessCqrs.Aws.Specs.Emulators;

public sealed class FauxqsSpecs(SharedFauxqs fauxqs) : IClassFixture<SharedFauxqs>, IDisposable
{
    private readonly AmazonSimpleNotificationServiceClient _sns = new(
        FakeService.Credentials,
        new AmazonSimpleNotificationServiceConfig { ServiceURL = fauxqs.Url.ToString(), AuthenticationRegion = "eu-central-1" });

    private readonly AmazonSQSClient _sqs = new(
        FakeService.Credentials,
        new AmazonSQSConfig { ServiceURL = fauxqs.Url.ToString(), AuthenticationRegion = "eu-central-1" });

    private readonly string _name = $"name-{Guid.NewGuid():N}";

    [Fact]
    public async Task A_message_arrives_raw_in_the_queue_that_subscribed()
    {
        var topic = await TopicAsync();
        var queue = await SubscribedQueueAsync(topic, filter: null);

        var published = await new SnsBatchPublisher(_sns).PublishAsync(topic, [.. Enumerable.Range(0, 12).Select(n => Entry(n, "größe & <xml>"))]);

        Assert.Equal(12, published.Select(message => message.MessageId).Distinct().Count());
        var messages = await ReceiveAsync(queue, 12);
        Assert.All(messages, message => Assert.Equal("größe & <xml>", message.Body));
    }

    [Theory]
    [InlineData("""{"kind":["price"]}""", "0")]
    [InlineData("""{"kind":["price","stock"]}""", "0 1")]
    [InlineData("""{"kind":[{"exists":true}]}""", "0 1")]
    [InlineData("""{"kind":[{"exists":false}]}""", "2")]
    [InlineData("""{"$or":[{"kind":["price"]},{"other":["x"]}]}""", "0 2")]
    [InlineData("""{"$or":[{"kind":["price"]},{"kind":[{"exists":false}]}]}""", "0 2")]
    public async Task A_filter_lets_through_what_it_names(string filter, string expected)
    {
        var topic = await TopicAsync();
        var queue = await SubscribedQueueAsync(topic, filter);

        await new SnsBatchPublisher(_sns).PublishAsync(topic,
        [
            Entry(0, "0", ("kind", "price")),
            Entry(1, "1", ("kind", "stock")),
            Entry(2, "2", ("other", "x")),
        ]);

        // The publication responds after delivery, so a message that is not there now will not arrive.
        var messages = await ReceiveAsync(queue, expected.Split(' ').Length);
        Assert.Equal(expected, string.Join(' ', messages.Select(message => message.Body).Order()));
        Assert.Empty((await _sqs.ReceiveMessageAsync(new ReceiveMessageRequest { QueueUrl = queue, MaxNumberOfMessages = 10 })).Messages ?? []);
    }

    [Fact]
    public async Task A_topic_that_is_created_again_is_the_same_one()
    {
        Assert.Equal(await TopicAsync(), await TopicAsync());
    }

    [Fact]
    public async Task An_unknown_topic_is_not_found()
    {
        var topic = await TopicAsync();

        var failure = await Assert.ThrowsAsync<MessagesNotPublishedException>(() => new SnsBatchPublisher(_sns).PublishAsync(topic + "-unknown", [Entry(0, "x")]));

        Assert.IsType<Amazon.SimpleNotificationService.Model.NotFoundException>(failure.InnerException);
    }

    public void Dispose()
    {
        _sns.Dispose();
        _sqs.Dispose();
    }

    private async Task<string> TopicAsync() => (await _sns.CreateTopicAsync(new(_name))).TopicArn!;

    private async Task<string> SubscribedQueueAsync(string topic, string? filter)
    {
        var url = (await _sqs.CreateQueueAsync(_name)).QueueUrl;
        var arn = (await _sqs.GetQueueAttributesAsync(url, ["QueueArn"])).QueueARN;
        var attributes = new Dictionary<string, string> { ["RawMessageDelivery"] = "true" };
        if (filter is not null) attributes["FilterPolicy"] = filter;
        var subscription = await _sns.SubscribeAsync(new() { TopicArn = topic, Protocol = "sqs", Endpoint = arn, Attributes = attributes, ReturnSubscriptionArn = true });
        Assert.StartsWith(topic, subscription.SubscriptionArn);
        return url;
    }

    private async Task<List<Message>> ReceiveAsync(string queue, int count)
    {
        List<Message> messages = [];
        while (messages.Count < count)
        {
            var answer = await _sqs.ReceiveMessageAsync(new ReceiveMessageRequest { QueueUrl = queue, MaxNumberOfMessages = 10, WaitTimeSeconds = 5 });
            Assert.NotEmpty(answer.Messages ?? []);
            messages.AddRange(answer.Messages!);
        }

        return messages;
    }

    private static PublishBatchRequestEntry Entry(int id, string text, params (string Name, string Value)[] attributes) => new()
    {
        Id = id.ToString(CultureInfo.InvariantCulture),
        Message = text,
        MessageAttributes = attributes.ToDictionary(
            attribute => attribute.Name,
            attribute => new Amazon.SimpleNotificationService.Model.MessageAttributeValue { DataType = "String", StringValue = attribute.Value }),
    };
}
