using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Publishing;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Simulation.Machinery;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Simulation.Services;

/// <summary>
/// An SQS standard queue: any order, delays, visibility timeouts, occasional redelivery of a deleted message, and a
/// dead-letter queue after a number of receives.
/// </summary>
public sealed class SimQueue(Simulator simulator, Dice dice, Queue topology)
{
    private readonly List<Message> _messages = [];
    private int _sent;

    public string Name => topology.Name;

    public Queue Topology => topology;

    /// <summary>The messages in the dead-letter queue, and why they are there.</summary>
    public List<(string Body, string Reason)> DeadLetters { get; } = [];

    /// <summary>Called when there may be a message to receive.</summary>
    public Action Arrived { get; set; } = () => { };

    public int Count => _messages.Count;

    public void Send(string body) => Add(body, topology.Delay);

    public void Send(string body, TimeSpan delay) => Add(body, delay);

    /// <summary>Adds the rest of a message that was partly done.</summary>
    public void SendRemainder(string body, int receives) => Add(body, TimeSpan.Zero, receives);

    /// <summary>Returns true if a remainder other than that message contains the event.</summary>
    public bool IsRemainder(EventRecord e, Message butFor) => _messages.Any(message => message.Receives is not null && message != butFor && EventMessage.Parse(ShopContracts.Events, message.Body).Events.Contains(e));

    /// <summary>The messages without this one, whether visible or not.</summary>
    public IEnumerable<string> BodiesBut(Message message) => _messages.Where(other => other != message).Select(other => other.Body);

    /// <summary>
    /// Receives at most this number of visible messages, in any order. Each is invisible to others until its visibility
    /// timeout ends.
    /// </summary>
    public IReadOnlyList<Message> Receive(int most)
    {
        List<Message> received = [];
        var visible = _messages.Where(message => message.VisibleAt <= simulator.Now).ToList();
        while (received.Count < most && visible.Count > 0)
        {
            var message = visible[dice.Roll($"{Name}.receive", visible.Count)];
            visible.Remove(message);
            if (message.ReceiveCount >= topology.RedriveReceiveCount)
            {
                _messages.Remove(message);
                DeadLetters.Add((message.Body, "received too often"));
                simulator.Timeline.Add("dead letter", null, $"{Name} {message.Id}");
                continue;
            }

            message.ReceiveCount++;
            // At least once: a message may be delivered again while the first delivery is still handled.
            var hidden = dice.Happens($"{Name}.visible-early", 0.01) ? TimeSpan.FromMilliseconds(500 * dice.Roll($"{Name}.visible-after")) : topology.VisibilityTimeout;
            message.VisibleAt = simulator.Now + hidden.Ticks;
            simulator.After(hidden, () => Arrived());
            received.Add(message);
        }

        return received;
    }

    public void Delete(Message message)
    {
        // A host that was unavailable during the deletion still has the message.
        if (dice.Happens($"{Name}.deleted-comes-again", 0.005)) Add(message.Body, TimeSpan.FromSeconds(60 * dice.Roll($"{Name}.again-after")));
        _messages.Remove(message);
    }

    /// <summary>The operator's redrive, after the causes are fixed.</summary>
    public void Redrive()
    {
        foreach (var (body, _) in DeadLetters) Send(body);
        DeadLetters.Clear();
    }

    private void Add(string body, TimeSpan delay, int? receives = null)
    {
        _messages.Add(new Message($"{Name}-{_sent++}", body) { Receives = receives, VisibleAt = simulator.Now + delay.Ticks });
        simulator.After(delay, () => Arrived());
    }

    public sealed class Message(string id, string body)
    {
        public string Id => id;

        public string Body => body;

        /// <summary>The attribute of a remainder, or null for any other message.</summary>
        public int? Receives { get; init; }

        public int ReceiveCount { get; set; }

        public long VisibleAt { get; set; }
    }
}
