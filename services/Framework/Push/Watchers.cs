using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Push;

/// <summary>Who watches which stream, and how far each stream is hinted.</summary>
public interface IWatchers
{
    /// <summary>Those of the streams that may have watchers, with what tells this mark from the next. One read for up to a hundred.</summary>
    Task<IReadOnlyDictionary<StreamId, string>> FindWatchedAsync(IReadOnlyCollection<StreamId> streams, CancellationToken ct);

    /// <summary>Takes the right to hint a stream, which one instance has at a time and once a second.</summary>
    /// <param name="isRepeated">Whether the version may be hinted again: who hinted it may have died over it.</param>
    Task<Claim> ClaimAsync(StreamId stream, long version, bool isRepeated, CancellationToken ct);

    /// <summary>Gives the right back. From now on nobody hints the stream for a second.</summary>
    Task EndAsync(Claim.Granted claim, RoundEnd end, CancellationToken ct);

    /// <summary>The watchers of a stream, page by page.</summary>
    IAsyncEnumerable<IReadOnlyList<Watcher>> ReadAsync(StreamId stream, CancellationToken ct);

    /// <summary>Counts a failed post.</summary>
    Task CountFailureAsync(StreamId stream, string connection, CancellationToken ct);

    /// <summary>Forgets the failures before.</summary>
    Task ForgetFailuresAsync(StreamId stream, string connection, CancellationToken ct);

    /// <summary>Lets later events pass the stream by, unless somebody has begun to watch it since the mark was read.</summary>
    Task UnmarkAsync(StreamId stream, string mark, CancellationToken ct);
}

/// <summary>A socket that watches a stream.</summary>
/// <param name="Failures">How many posts failed in a row.</param>
public sealed record Watcher(
    string Connection,
    int Failures);

/// <summary>What became of the wish to hint a stream.</summary>
public abstract record Claim
{
    private Claim()
    {
    }

    /// <param name="Before">The version that all watchers were hinted of before; 0 for none.</param>
    /// <param name="OnlyFailed">Whether only those have to be hinted whose last post failed.</param>
    public sealed record Granted(
        StreamId Stream,
        long Version,
        string Lease,
        long Before,
        bool OnlyFailed) : Claim;

    /// <summary>The version was hinted, or a newer one.</summary>
    public sealed record Done : Claim;

    /// <summary>Another instance is at it, or has been within a second.</summary>
    public sealed record Later : Claim;
}

public enum RoundEnd
{
    /// <summary>Every watcher has its hint.</summary>
    Complete,

    /// <summary>Some posts failed. Only those are to be tried again.</summary>
    SomeFailed,

    /// <summary>The time was too short: all are to be hinted again.</summary>
    Incomplete,
}
