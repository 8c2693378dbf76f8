using ServerlessCqrs.EventStore;
using ServerlessCqrs.ReadModels;
using ServerlessCqrs.ReadModels.Products;
using ServerlessCqrs.Shop;

namespace ServerlessCqrs.Simulation.Checks;

/// <summary>What was committed to one stream, as the checks have decided it again.</summary>
public sealed class StreamTruth(StreamId stream)
{
    private static readonly ProductProjection Projection = new();

    private readonly List<ReadModelItem<ProductDocument>> _items = [];

    public IDecider Decider { get; } = ShopDomain.DeciderOf(stream) ?? throw new InvalidOperationException($"Nobody decides for {stream}.");

    public object State { get; set; } = (ShopDomain.DeciderOf(stream) ?? throw new InvalidOperationException($"Nobody decides for {stream}.")).Initial;

    public List<EventRecord> Events { get; } = [];

    public long Version => Events.Count;

    public Dictionary<Guid, CommandOutcome> Outcomes { get; } = [];

    public Dictionary<Guid, Guid> FirstOfKey { get; } = [];

    public DateTimeOffset LastAt { get; set; } = DateTimeOffset.MinValue;

    public long LastSequence { get; set; } = -1;

    /// <summary>The read-model item at a version from 1 on.</summary>
    public ReadModelItem<ProductDocument> ItemAt(long version)
    {
        while (_items.Count < version)
            _items.Add(Projection.Fold([Events[_items.Count]], _items.Count > 0 ? _items[^1] : null)!);
        return _items[(int)version - 1];
    }
}
