using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Tips;

/// <summary>
/// The tips in memory, with the guarantees of the real tips, for tests, simulations and benchmarks. Thread-safe.
/// </summary>
public sealed class InMemoryStreamTips : IStreamTips
{
    private readonly ConcurrentDictionary<StreamId, StreamTip> _tips = new();

    public Task<IReadOnlyDictionary<StreamId, StreamTip>> LoadAsync(IReadOnlyCollection<StreamId> streams, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var found = new Dictionary<StreamId, StreamTip>(streams.Count);
        foreach (var stream in streams)
            if (_tips.TryGetValue(stream, out var tip)) found[stream] = tip;
        return Task.FromResult<IReadOnlyDictionary<StreamId, StreamTip>>(found);
    }

    public Task<bool> CommitAsync(StreamTip next, StreamTip? read, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        if (read is null) return Task.FromResult(_tips.TryAdd(next.Stream, next) || ReferenceEquals(_tips[next.Stream], next));
        return Task.FromResult(_tips.TryGetValue(next.Stream, out var current)
            && (ReferenceEquals(current, next) || current.Version == read.Version && current.Mark == read.Mark && _tips.TryUpdate(next.Stream, next, current)));
    }

    public async IAsyncEnumerable<StreamTip> ScanAsync([EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var tip in _tips.Values)
        {
            ct.ThrowIfCancellationRequested();
            yield return tip;
        }

        await Task.CompletedTask;
    }
}
