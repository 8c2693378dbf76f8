using System.Collections.Concurrent;

namespace ServerlessCqrs.Projections.Lag;

/// <summary>Watermarks in memory.</summary>
public sealed class InMemoryLagWatermarks : ILagWatermarks, ILagRecorder
{
    private readonly ConcurrentDictionary<string, DateTimeOffset> _watermarks = [];

    public Task<DateTimeOffset?> FindAsync(string readModel, CancellationToken ct) =>
        Task.FromResult(_watermarks.TryGetValue(readModel, out var watermark) ? watermark : (DateTimeOffset?)null);

    public Task RaiseAsync(string readModel, DateTimeOffset watermark, CancellationToken ct)
    {
        _watermarks.AddOrUpdate(readModel, watermark, (_, old) => old > watermark ? old : watermark);
        return Task.CompletedTask;
    }
}
