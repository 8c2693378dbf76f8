using System.Text.Json;
using System.Text.Json.Serialization;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.ReadModels;
using ServerlessCqrs.ReadModels.Products;
using ServerlessCqrs.Shop;

namespace ServerlessCqrs.Simulation.Checks;

/// <summary>What was committed to one stream, as the checks have decided it again.</summary>
public sealed class StreamTruth(StreamId stream)
{
    private static readonly ProductProjection Projection = new();

    // As the query service writes lists.
    private static readonly JsonSerializerOptions Lists = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private readonly List<ReadModelItem<ProductDocument>> _items = [];
    private readonly Dictionary<long, string?> _bodies = [];

    public IDecider Decider { get; } = DeciderOf(stream);

    /// <summary>The decision state at each version from 0 on.</summary>
    public List<object> States { get; } = [DeciderOf(stream).Initial];

    public object State => States[^1];

    public List<EventRecord> Events { get; } = [];

    public long Version => Events.Count;

    public Dictionary<Guid, CommandOutcome> Outcomes { get; } = [];

    public Dictionary<Guid, Guid> FirstOfKey { get; } = [];

    public StreamTip? Tip { get; set; }

    public DateTimeOffset LastAt { get; set; } = DateTimeOffset.MinValue;

    public long LastSequence { get; set; } = -1;

    /// <summary>An event was committed.</summary>
    public void Add(EventRecord committed, IEvent @event)
    {
        Events.Add(committed);
        States.Add(Decider.Evolve(State, @event));
    }

    /// <summary>The read-model item as of now; null where nothing was committed.</summary>
    public ReadModelItem<ProductDocument>? Item => Version > 0 ? ItemAt(Version) : null;

    /// <summary>What a reader is told of a version; null where the product is deleted.</summary>
    public string? BodyAt(long version)
    {
        if (!_bodies.TryGetValue(version, out var body)) _bodies.Add(version, body = ItemAt(version).Document is { } document ? ProductJson.Write(document) : null);
        return body;
    }

    /// <summary>What a list says of a version.</summary>
    public string? SummaryAt(long version) => ItemAt(version).Document is { } document ? JsonSerializer.Serialize(document.Summarize(), Lists) : null;

    /// <summary>The read-model item at a version from 1 on.</summary>
    public ReadModelItem<ProductDocument> ItemAt(long version)
    {
        while (_items.Count < version)
            _items.Add(Projection.Fold([Events[_items.Count]], _items.Count > 0 ? _items[^1] : null)!);
        return _items[(int)version - 1];
    }

    private static IDecider DeciderOf(StreamId stream) => ShopDomain.DeciderOf(stream) ?? throw new InvalidOperationException($"Nobody decides for {stream}.");
}
