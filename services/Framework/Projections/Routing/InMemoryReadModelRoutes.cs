using System.Collections.Concurrent;

namespace ServerlessCqrs.Projections.Routing;

/// <summary>Routes in memory, for tests and simulations.</summary>
public sealed class InMemoryReadModelRoutes : IReadModelRoutes
{
    private readonly ConcurrentDictionary<string, ReadModelRoute> _routes = new();

    public Task<IReadOnlyDictionary<string, ReadModelRoute>> ReadAsync(CancellationToken ct) => Task.FromResult<IReadOnlyDictionary<string, ReadModelRoute>>(_routes.ToDictionary());

    public Task SetAsync(string name, ReadModelRoute route, CancellationToken ct)
    {
        _routes[name] = route;
        return Task.CompletedTask;
    }

    public Task RemoveAsync(string name, CancellationToken ct)
    {
        _routes.TryRemove(name, out _);
        return Task.CompletedTask;
    }
}
