using System.Globalization;
using Amazon.SimpleNotificationService.Model;
using ServerlessCqrs.Aws.Reliable;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Publishing;

namespace ServerlessCqrs.Functions.Writing;

/// <summary>
/// Publishes events to the SNS topic and packs many into each message. The tags become message attributes, which the
/// subscriptions' filters match.
/// </summary>
internal sealed class SnsEventPublisher(SnsBatchPublisher sns, string topicArn) : IEventPublisher
{
    public Task PublishAsync(IReadOnlyList<EventRecord> events, CancellationToken ct) =>
        sns.PublishAsync(topicArn, [.. EventPacker.Pack(events).Select(Entry)], ct);

    private static PublishBatchRequestEntry Entry(PackedMessage message, int index) => new()
    {
        Id = index.ToString(CultureInfo.InvariantCulture),
        Message = message.Body,
        MessageAttributes = message.Tags.ToDictionary(tag => tag, _ => new MessageAttributeValue { DataType = "String", StringValue = "1" }),
    };
}
