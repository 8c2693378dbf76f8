using System.Collections.Concurrent;
using ServerlessCqrs.Push;

namespace ServerlessCqrs.Benchmarks.Sockets;

/// <summary>Counts the posts of all instances. Each socket watches one stream.</summary>
internal sealed class CountedSockets(ISockets inner, TimeProvider clock) : ISockets
{
    private readonly ConcurrentDictionary<string, long> _lastPosts = [];
    private readonly ConcurrentDictionary<string, int> _failed = [];
    private long _posts;
    private long _shortest = long.MaxValue;

    public long Posts => Interlocked.Read(ref _posts);

    /// <summary>The shortest time between two posts to a socket.</summary>
    public TimeSpan Shortest => TimeSpan.FromTicks(Interlocked.Read(ref _shortest));

    /// <summary>The failed posts of each socket.</summary>
    public IReadOnlyCollection<int> Failed => [.. _failed.Values];

    public async Task<Post> PostAsync(string connection, ReadOnlyMemory<byte> message, CancellationToken ct)
    {
        var now = clock.GetUtcNow().Ticks;
        Interlocked.Increment(ref _posts);
        if (_lastPosts.TryGetValue(connection, out var last)) InterlockedMin(now - last);
        _lastPosts[connection] = now;
        var post = await inner.PostAsync(connection, message, ct);
        if (post != Post.Delivered) _failed.AddOrUpdate(connection, 1, (_, count) => count + 1);
        return post;
    }

    public Task CloseAsync(string connection, CancellationToken ct) => inner.CloseAsync(connection, ct);

    private void InterlockedMin(long gap)
    {
        for (var known = Interlocked.Read(ref _shortest); gap < known;)
        {
            var found = Interlocked.CompareExchange(ref _shortest, gap, known);
            if (found == known) return;
            known = found;
        }
    }
}
