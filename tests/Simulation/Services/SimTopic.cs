using System.Globalization;
using Amazon.Runtime;
using Amazon.SimpleNotificationService;
using Amazon.SimpleNotificationService.Model;
using ServerlessCqrs.Aws.Reliable;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Publishing;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Simulation.Checks;
using ServerlessCqrs.Simulation.Machinery;

namespace ServerlessCqrs.Simulation.Services;

/// <summary>The topic: it filters by attribute and delivers at least once, in no order, usually soon.</summary>
public sealed class SimTopic(Simulator simulator, Dice dice, Network network, Truth truth) : IAmazonSimpleNotificationService
{
    private readonly List<(string Tag, SimQueue Queue)> _subscriptions = [];
    private int _published;

    public IClientConfig Config => throw new NotSupportedException();

    public void Subscribe(string tag, SimQueue queue) => _subscriptions.Add((tag, queue));

    public Task<PublishBatchResponse> PublishBatchAsync(PublishBatchRequest request, CancellationToken cancellationToken = default) =>
        network.CallAsync("sns", "sns.publish", () => Publish(request.PublishBatchRequestEntries!), cancellationToken);

    public Task<CreateTopicResponse> CreateTopicAsync(CreateTopicRequest request, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<SubscribeResponse> SubscribeAsync(SubscribeRequest request, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public void Dispose()
    {
    }

    private PublishBatchResponse Publish(List<PublishBatchRequestEntry> entries)
    {
        Refuse(entries.Count > SnsBatchPublisher.MaxEntries, $"{entries.Count} messages");
        Refuse(entries.Sum(Sizes.OfMessage) > StoreLimits.SnsMessage.Bytes, "messages of more than 256 KiB");
        Refuse(entries.Exists(entry => !Sizes.IsMessageText(entry.Message!)), "a character that no message may hold");
        var answer = new PublishBatchResponse { Successful = [], Failed = [] };
        foreach (var entry in entries)
        {
            if (dice.Happens("sns.entry-failed", 0.02))
            {
                answer.Failed.Add(new BatchResultErrorEntry { Id = entry.Id, Code = "InternalError", SenderFault = false });
                continue;
            }

            truth.Published(entry.Message!);
            var body = dice.Happens("poison.event", 0.02) ? Poison(entry.Message!) : entry.Message!;
            foreach (var (tag, queue) in _subscriptions.Where(subscription => entry.MessageAttributes!.ContainsKey(subscription.Tag))) Deliver(queue, body);
            answer.Successful.Add(new PublishBatchResultEntry { Id = entry.Id, MessageId = (_published++).ToString(CultureInfo.InvariantCulture) });
        }

        return answer;
    }

    private void Refuse(bool isUnfit, string what)
    {
        if (!isUnfit) return;
        truth.Unfit($"sns: {what}");
        throw new AmazonSimpleNotificationServiceException($"{what} in one call.");
    }

    /// <summary>Adds an event to the message, of its own stream, that no code will ever know.</summary>
    private string Poison(string body)
    {
        var stream = ProductStreams.IdOf(Mix.Uuid(0xBAD, (ulong)_published));
        truth.Poisoned.Add(stream);
        var message = EventMessage.Parse(ShopContracts.Events, body);
        var poison = new EventRecord(ShopContracts.Events, stream, 1, Mix.Uuid(0xBAD, 1), "ProductTeleported", 1, "{}", Mix.Uuid(0xBAD, 2), message.Events[0].Actor, message.Events[0].At);
        return EventMessage.Write([poison, .. message.Events], message.Hints);
    }

    private void Deliver(SimQueue queue, string body)
    {
        var copies = dice.Happens("sns.delivered-twice", 0.03) ? 2 : 1;
        for (var i = 0; i < copies; i++)
        {
            var delay = TimeSpan.FromMilliseconds(5 + 50 * dice.Roll("sns.delay"));
            if (dice.Happens("sns.delayed", 0.01)) delay = TimeSpan.FromMinutes(15 * dice.Roll("sns.delayed-by"));
            simulator.After(delay, () => queue.Send(body));
        }
    }
}
