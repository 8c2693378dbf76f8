using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Tips;

/// <summary>Loads tips, for programs that commit nothing.</summary>
public interface ITipSource
{
    /// <summary>
    /// Loads the tips of these streams strongly consistent, in as few calls as possible. The result has no entry for a
    /// stream without a commit.
    /// </summary>
    Task<IReadOnlyDictionary<StreamId, StreamTip>> LoadAsync(IReadOnlyCollection<StreamId> streams, CancellationToken ct);
}

/// <summary>
/// The tips of all streams. A tip is the only mutable part of a stream, and its conditional write is the only guard
/// against concurrent commits.
/// </summary>
public interface IStreamTips : ITipSource
{
    /// <summary>
    /// Writes <paramref name="next"/> if the stored tip is still <paramref name="read"/> (null if none exists). It
    /// compares version, source position and the number of parked records. Returns false, and writes nothing, if the
    /// tip has changed.
    /// </summary>
    Task<bool> CommitAsync(StreamTip next, StreamTip? read, CancellationToken ct);

    /// <summary>Streams every tip, in no particular order, for verification and repair.</summary>
    IAsyncEnumerable<StreamTip> ScanAsync(CancellationToken ct);
}

public static class StreamTipsExtensions
{
    /// <summary>Returns one stream's tip, or null if it has no commit.</summary>
    public static async Task<StreamTip?> FindAsync(this ITipSource tips, StreamId stream, CancellationToken ct) =>
        (await tips.LoadAsync([stream], ct)).GetValueOrDefault(stream);
}
