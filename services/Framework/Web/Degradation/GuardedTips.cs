using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Web.Degradation;

/// <summary>The tips behind their circuit breaker.</summary>
public sealed class GuardedTips(ITipSource tips, Dependency dependency) : ITipSource
{
    public string Name => dependency.Name;

    /// <exception cref="DependencyAwayException">The tips cannot be read.</exception>
    public Task<IReadOnlyDictionary<StreamId, StreamTip>> LoadAsync(IReadOnlyCollection<StreamId> streams, CancellationToken ct) =>
        dependency.CallAsync(token => tips.LoadAsync(streams, token), ct, streams.Count);
}
