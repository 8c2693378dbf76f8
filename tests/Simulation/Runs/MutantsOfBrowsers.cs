using ServerlessCqrs.EventStore.Publishing;
using ServerlessCqrs.Push;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Simulation.Runs;

/// <summary>Passes everything on.</summary>
internal abstract class WrappedWatchers(IWatchers inner) : IWatchers
{
    public Task<IReadOnlyDictionary<StreamId, string>> FindWatchedAsync(IReadOnlyCollection<StreamId> streams, CancellationToken ct) => inner.FindWatchedAsync(streams, ct);

    public virtual Task<Claim> ClaimAsync(StreamId stream, long version, bool isRepeated, CancellationToken ct) => inner.ClaimAsync(stream, version, isRepeated, ct);

    public Task EndAsync(Claim.Granted claim, RoundEnd end, CancellationToken ct) => inner.EndAsync(claim, end, ct);

    public IAsyncEnumerable<IReadOnlyList<Watcher>> ReadAsync(StreamId stream, CancellationToken ct) => inner.ReadAsync(stream, ct);

    public Task CountFailureAsync(StreamId stream, string connection, CancellationToken ct) => inner.CountFailureAsync(stream, connection, ct);

    public Task ForgetFailuresAsync(StreamId stream, string connection, CancellationToken ct) => inner.ForgetFailuresAsync(stream, connection, ct);

    public Task UnmarkAsync(StreamId stream, string mark, CancellationToken ct) => inner.UnmarkAsync(stream, mark, ct);
}

/// <summary>Lets every instance send hints at any time.</summary>
internal sealed class ClaimlessWatchers(IWatchers inner) : WrappedWatchers(inner)
{
    public override Task<Claim> ClaimAsync(StreamId stream, long version, bool isRepeated, CancellationToken ct) =>
        Task.FromResult<Claim>(new Claim.Granted(stream, version, "nobody's", Before: 0, OnlyFailed: false));
}

/// <summary>Takes the hints of an instance that died for sent.</summary>
internal sealed class TrustingWatchers(IWatchers inner) : WrappedWatchers(inner)
{
    public override Task<Claim> ClaimAsync(StreamId stream, long version, bool isRepeated, CancellationToken ct) => base.ClaimAsync(stream, version, isRepeated: false, ct);
}

/// <summary>Never deletes a closed socket.</summary>
internal sealed class KeptConnections(IConnections inner) : IConnections
{
    public Task<bool> OpenAsync(string connection, string caller, int most, CancellationToken ct) => inner.OpenAsync(connection, caller, most, ct);

    public Task<OpenConnection?> FindAsync(string connection, CancellationToken ct) => inner.FindAsync(connection, ct);

    public Task<OpenConnection?> ReplaceAsync(string connection, OpenConnection read, OpenConnection next, CancellationToken ct) => inner.ReplaceAsync(connection, read, next, ct);

    public Task WatchAsync(string connection, string revision, IReadOnlyCollection<StreamId> streams, CancellationToken ct) => inner.WatchAsync(connection, revision, streams, ct);

    public Task UnwatchAsync(string connection, string revision, IReadOnlyCollection<StreamId> streams, CancellationToken ct) => inner.UnwatchAsync(connection, revision, streams, ct);

    public Task ForgetAsync(string connection, StreamId? stream, CancellationToken ct) => Task.CompletedTask;
}

/// <summary>Reports failed posts as delivered.</summary>
internal sealed class HopefulSockets(ISockets inner) : ISockets
{
    public async Task<Post> PostAsync(string connection, ReadOnlyMemory<byte> message, CancellationToken ct) =>
        await inner.PostAsync(connection, message, ct) is var post && post == Post.Failed ? Post.Delivered : post;

    public Task CloseAsync(string connection, CancellationToken ct) => inner.CloseAsync(connection, ct);
}

/// <summary>Drops hints that must wait.</summary>
internal sealed class NoDelayedHints : IDelayedHints
{
    public Task PutAsync(IReadOnlyCollection<StreamHint> hints, CancellationToken ct) => Task.CompletedTask;
}
