using System.Collections.Concurrent;

namespace ServerlessCqrs.Projections.Building;

/// <summary>Checkpoints in memory.</summary>
public sealed class InMemoryBuildCheckpoints : IBuildCheckpoints
{
    private readonly ConcurrentDictionary<string, BuildCheckpoint?> _checkpoints = [];

    public Task<BuildCheckpoint?> FindAsync(string build, CancellationToken ct) => Task.FromResult(_checkpoints.GetValueOrDefault(build));

    public Task SaveAsync(string build, BuildCheckpoint checkpoint, CancellationToken ct)
    {
        _checkpoints[build] = checkpoint;
        return Task.CompletedTask;
    }

    public Task CompleteAsync(string build, CancellationToken ct)
    {
        _checkpoints[build] = null;
        return Task.CompletedTask;
    }

    public Task<bool> IsCompleteAsync(string build, CancellationToken ct) => Task.FromResult(_checkpoints.TryGetValue(build, out var checkpoint) && checkpoint is null);

    public Task DeleteAsync(string build, CancellationToken ct)
    {
        _checkpoints.TryRemove(build, out _);
        return Task.CompletedTask;
    }
}
