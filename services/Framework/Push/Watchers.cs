using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Push;

/// <summary>Who watches which stream, and up to which version its watchers have hints.</summary>
public interface IWatchers
{
    /// <summary>Returns the streams that may have watchers, each with its current mark. Reads up to a hundred at once.</summary>
    Task<IReadOnlyDictionary<StreamId, string>> FindWatchedAsync(IReadOnlyCollection<StreamId> streams, CancellationToken ct);

    /// <summary>Claims a stream for one round of hints. One instance has the claim at a time, at most once a second.</summary>
    /// <param name="isRepeated">True if the version may be hinted again, because an instance may have died over it.</param>
    Task<Claim> ClaimAsync(StreamId stream, long version, bool isRepeated, CancellationToken ct);

    /// <summary>Returns the claim. Nobody hints the stream during the next second.</summary>
    Task EndAsync(Claim.Granted claim, RoundEnd end, CancellationToken ct);

    /// <summary>Reads the watchers of a stream, page by page.</summary>
    IAsyncEnumerable<IReadOnlyList<Watcher>> ReadAsync(StreamId stream, CancellationToken ct);

    /// <summary>Counts a failed post.</summary>
    Task CountFailureAsync(StreamId stream, string connection, CancellationToken ct);

    /// <summary>Resets the count of failed posts.</summary>
    Task ForgetFailuresAsync(StreamId stream, string connection, CancellationToken ct);

    /// <summary>Removes the mark, unless somebody has begun to watch the stream since the mark was read.</summary>
    Task UnmarkAsync(StreamId stream, string mark, CancellationToken ct);
}

/// <summary>A socket that watches a stream.</summary>
/// <param name="Failures">The number of posts that failed in a row.</param>
public sealed record Watcher(
    string Connection,
    int Failures);

/// <summary>The result of an attempt to claim a stream.</summary>
public abstract record Claim
{
    private Claim()
    {
    }

    /// <param name="Before">The version of the last complete round, or 0.</param>
    /// <param name="OnlyFailed">True if only watchers whose last post failed need the hint.</param>
    public sealed record Granted(
        StreamId Stream,
        long Version,
        string Lease,
        long Before,
        bool OnlyFailed) : Claim;

    /// <summary>This version or a newer one was hinted.</summary>
    public sealed record Done : Claim;

    /// <summary>Another instance has the claim, or had it within the last second.</summary>
    public sealed record Later : Claim;
}

public enum RoundEnd
{
    /// <summary>Every watcher has its hint.</summary>
    Complete,

    /// <summary>Some posts failed. The next round tries only those.</summary>
    SomeFailed,

    /// <summary>The time was too short. The next round hints all again.</summary>
    Incomplete,
}
