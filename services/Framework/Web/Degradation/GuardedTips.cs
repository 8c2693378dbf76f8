using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Web.Degradation;

/// <summary>The tips behind their circuit breaker. This service only reads them.</summary>
public sealed class GuardedTips(IStreamTips tips, Dependency dependency) : IStreamTips
{
    public string Name => dependency.Name;

    /// <exception cref="DependencyAwayException">The tips cannot be read.</exception>
    public Task<IReadOnlyDictionary<StreamId, StreamTip>> LoadAsync(IReadOnlyCollection<StreamId> streams, CancellationToken ct) =>
        dependency.CallAsync(token => tips.LoadAsync(streams, token), ct, streams.Count);

    public Task<bool> CommitAsync(StreamTip next, StreamTip? read, CancellationToken ct) => throw new NotSupportedException("The query service writes no tips.");

    public IAsyncEnumerable<StreamTip> ScanAsync(CancellationToken ct) => throw new NotSupportedException("The query service scans no tips.");
}
