using System.Collections.Concurrent;

namespace ServerlessCqrs.Projections.Live;

/// <summary>States in memory, for tests and simulations.</summary>
public sealed class InMemoryReadModelStates : IReadModelStates
{
    private readonly ConcurrentDictionary<string, ReadModelState> _states = new();

    public Task<IReadOnlyDictionary<string, ReadModelState>> ReadAsync(CancellationToken ct) => Task.FromResult<IReadOnlyDictionary<string, ReadModelState>>(_states.ToDictionary());

    public Task SetAsync(string readModel, ReadModelState state, CancellationToken ct)
    {
        _states[readModel] = state;
        return Task.CompletedTask;
    }
}
