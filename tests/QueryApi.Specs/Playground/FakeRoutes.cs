using ServerlessCqrs.Projections.Routing;

namespace ServerlessCqrs.QueryApi.Specs.Playground;

/// <summary>The routes in memory, which can fail and hang.</summary>
public sealed class FakeRoutes : IReadModelRoutes
{
    private readonly InMemoryReadModelRoutes _inner = new();

    public Faults Faults { get; } = new();

    public async Task<IReadOnlyDictionary<string, ReadModelRoute>> ReadAsync(CancellationToken ct)
    {
        await Faults.PassAsync(ct);
        return await _inner.ReadAsync(ct);
    }

    public Task SetAsync(string name, ReadModelRoute route, CancellationToken ct) => _inner.SetAsync(name, route, ct);

    public Task RemoveAsync(string name, CancellationToken ct) => _inner.RemoveAsync(name, ct);
}
