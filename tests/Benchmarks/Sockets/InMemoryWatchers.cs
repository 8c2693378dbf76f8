using System.Collections.Concurrent;
using ServerlessCqrs.Push;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Benchmarks.Sockets;

/// <summary>Watchers in memory, with the claims of <see cref="DynamoDbWatchers"/>. All instances share them.</summary>
internal sealed class InMemoryWatchers(TimeProvider clock) : IWatchers, IConnections
{
    private readonly ConcurrentDictionary<StreamId, ConcurrentDictionary<string, int>> _watchers = [];
    private readonly Dictionary<StreamId, Hinted> _hinted = [];
    private readonly Lock _gate = new();

    public Task WatchAsync(string connection, string revision, IReadOnlyCollection<StreamId> streams, CancellationToken ct)
    {
        foreach (var stream in streams) _watchers.GetOrAdd(stream, _ => [])[connection] = 0;
        return Task.CompletedTask;
    }

    public Task ForgetAsync(string connection, StreamId? stream, CancellationToken ct)
    {
        foreach (var watchers in _watchers.Values) watchers.TryRemove(connection, out _);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyDictionary<StreamId, string>> FindWatchedAsync(IReadOnlyCollection<StreamId> streams, CancellationToken ct) =>
        Task.FromResult<IReadOnlyDictionary<StreamId, string>>(streams.Where(_watchers.ContainsKey).ToDictionary(stream => stream, _ => "mark"));

    public Task<Claim> ClaimAsync(StreamId stream, long version, bool isRepeated, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        lock (_gate)
        {
            var before = _hinted.GetValueOrDefault(stream) ?? new Hinted(0, DateTimeOffset.MinValue, "", IsOwed: false);
            var isNew = version > before.Version || (version == before.Version && (isRepeated || before.IsOwed));
            if (!isNew) return Task.FromResult<Claim>(new Claim.Done());
            if (before.HeldUntil > now) return Task.FromResult<Claim>(new Claim.Later());
            var lease = Guid.NewGuid().ToString("N");
            _hinted[stream] = before with { Version = version, HeldUntil = now + PushLimits.Lease, HeldBy = lease };
            return Task.FromResult<Claim>(new Claim.Granted(stream, version, lease, before.Version, OnlyFailed: before.Version == version && !isRepeated));
        }
    }

    public Task EndAsync(Claim.Granted claim, RoundEnd end, CancellationToken ct)
    {
        lock (_gate)
        {
            if (_hinted[claim.Stream].HeldBy != claim.Lease) return Task.CompletedTask;
            var version = end == RoundEnd.Incomplete ? Math.Min(claim.Before, claim.Version - 1) : claim.Version;
            _hinted[claim.Stream] = new(version, clock.GetUtcNow() + PushLimits.Interval, claim.Lease, end == RoundEnd.SomeFailed);
            return Task.CompletedTask;
        }
    }

    public async IAsyncEnumerable<IReadOnlyList<Watcher>> ReadAsync(StreamId stream, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        await Task.CompletedTask;
        yield return [.. _watchers[stream].Select(watcher => new Watcher(watcher.Key, watcher.Value))];
    }

    public Task CountFailureAsync(StreamId stream, string connection, CancellationToken ct) => SetFailuresAsync(stream, connection, failures => failures + 1);

    public Task ForgetFailuresAsync(StreamId stream, string connection, CancellationToken ct) => SetFailuresAsync(stream, connection, _ => 0);

    public Task UnmarkAsync(StreamId stream, string mark, CancellationToken ct) => Task.CompletedTask;

    // The benchmark's sockets watch once, and nobody counts them.
    public Task<bool> OpenAsync(string connection, string caller, int most, CancellationToken ct) => Task.FromResult(true);

    public Task<OpenConnection?> FindAsync(string connection, CancellationToken ct) => Task.FromResult<OpenConnection?>(null);

    public Task<OpenConnection?> ReplaceAsync(string connection, OpenConnection read, OpenConnection next, CancellationToken ct) => Task.FromResult<OpenConnection?>(next);

    public Task UnwatchAsync(string connection, string revision, IReadOnlyCollection<StreamId> streams, CancellationToken ct) => Task.CompletedTask;

    private Task SetFailuresAsync(StreamId stream, string connection, Func<int, int> change)
    {
        var watchers = _watchers[stream];
        if (watchers.TryGetValue(connection, out var failures)) watchers.TryUpdate(connection, change(failures), failures);
        return Task.CompletedTask;
    }

    private sealed record Hinted(
        long Version,
        DateTimeOffset HeldUntil,
        string HeldBy,
        bool IsOwed);
}
