using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.QueryApi.Specs.Playground;

/// <summary>The tips in memory, which can fail and hang.</summary>
public sealed class FakeTips : IStreamTips
{
    public InMemoryStreamTips Inner { get; } = new();

    public Faults Faults { get; } = new();

    /// <summary>The faults of a read of several streams.</summary>
    public Faults Several { get; } = new();

    public async Task<IReadOnlyDictionary<StreamId, StreamTip>> LoadAsync(IReadOnlyCollection<StreamId> streams, CancellationToken ct)
    {
        await Faults.PassAsync(ct);
        if (streams.Count > 1) await Several.PassAsync(ct);
        return await Inner.LoadAsync(streams, ct);
    }

    public Task<bool> CommitAsync(StreamTip next, StreamTip? read, CancellationToken ct) => Inner.CommitAsync(next, read, ct);

    public IAsyncEnumerable<StreamTip> ScanAsync(CancellationToken ct) => Inner.ScanAsync(ct);
}
