using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Simulation.Checks;
using ServerlessCqrs.Simulation.Machinery;

namespace ServerlessCqrs.Simulation.Services;

/// <summary>The tips in a simulated DynamoDB: strongly consistent, conditional, and as unreliable as the network to them.</summary>
public sealed class SimTips(Network network, Truth truth) : IStreamTips
{
    private readonly Dictionary<StreamId, StreamTip> _tips = [];

    public IReadOnlyDictionary<StreamId, StreamTip> All => _tips;

    public Task<IReadOnlyDictionary<StreamId, StreamTip>> LoadAsync(IReadOnlyCollection<StreamId> streams, CancellationToken ct) => network.CallAsync<IReadOnlyDictionary<StreamId, StreamTip>>(
        "tips-table",
        "tips.load",
        () => streams.Distinct().Where(_tips.ContainsKey).ToDictionary(stream => stream, stream => _tips[stream]),
        ct);

    public Task<bool> CommitAsync(StreamTip next, StreamTip? read, CancellationToken ct) => network.CallAsync("tips-table", "tips.commit", () => Commit(next, read, isConditional: true), ct);

    /// <summary>What a store without the condition would do; for a mutant.</summary>
    public Task<bool> OverwriteAsync(StreamTip next, CancellationToken ct) => network.CallAsync("tips-table", "tips.commit", () => Commit(next, null, isConditional: false), ct);

    public IAsyncEnumerable<StreamTip> ScanAsync(CancellationToken ct) => throw new NotSupportedException();

    private bool Commit(StreamTip next, StreamTip? read, bool isConditional)
    {
        var current = _tips.GetValueOrDefault(next.Stream);
        // The client tried again and met its own write.
        if (ReferenceEquals(current, next)) return true;
        if (isConditional && (current?.Version, current?.Position) != (read?.Version, read?.Position)) return false;
        _tips[next.Stream] = next;
        truth.Committed(current, next);
        return true;
    }
}
