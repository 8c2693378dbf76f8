using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Simulation.Checks;

/// <summary>The commits of one stream, with the states that the checks computed independently.</summary>
public sealed class StreamTruth(StreamId stream)
{
    public StreamId Stream => stream;

    public IDecider Decider { get; } = DeciderOf(stream);

    /// <summary>The decision state at each version, from 0.</summary>
    public List<object> States { get; } = [DeciderOf(stream).Initial];

    public object State => States[^1];

    public List<EventRecord> Events { get; } = [];

    public long Version => Events.Count;

    public Dictionary<Guid, CommandOutcome> Outcomes { get; } = [];

    public Dictionary<Guid, Guid> FirstOfKey { get; } = [];

    public StreamTip? Tip { get; set; }

    /// <summary>The virtual time at which each event became visible.</summary>
    public List<DateTimeOffset> VisibleAt { get; } = [];

    public DateTimeOffset LastAt { get; set; } = DateTimeOffset.MinValue;

    public long LastSequence { get; set; } = -1;

    /// <summary>The virtual time of the latest event.</summary>
    public long ChangedAt { get; set; }

    /// <summary>The orders whose pieces of this product had to be released.</summary>
    public HashSet<Guid> GivenBack { get; } = [];

    /// <summary>Adds a committed event.</summary>
    public void Add(EventRecord committed, IEvent @event)
    {
        Events.Add(committed);
        States.Add(Decider.Evolve(State, @event));
    }

    private static IDecider DeciderOf(StreamId stream) => ShopDomain.Instance.DeciderOf(stream) ?? throw new InvalidOperationException($"No decider handles the stream {stream}.");
}
