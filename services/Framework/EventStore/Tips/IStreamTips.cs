using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Tips;

/// <summary>The tips of all streams: each stream's only mutable cell, and the only thing that guards it.</summary>
public interface IStreamTips
{
    /// <summary>The tips of these streams, read strongly consistent, in as few calls as possible. A stream that was never committed to is missing in the result.</summary>
    Task<IReadOnlyDictionary<StreamId, StreamTip>> LoadAsync(IReadOnlyCollection<StreamId> streams, CancellationToken ct);

    /// <summary>Writes <paramref name="next"/> if the tip still is <paramref name="read"/> (null: does not exist): by version, source position and number of parked records. False where it is not; then nothing was written.</summary>
    Task<bool> CommitAsync(StreamTip next, StreamTip? read, CancellationToken ct);

    /// <summary>Every tip, in no order, streamed; for verification and repair.</summary>
    IAsyncEnumerable<StreamTip> ScanAsync(CancellationToken ct);
}

public static class StreamTipsExtensions
{
    /// <summary>One stream's tip, or null where it was never committed to.</summary>
    public static async Task<StreamTip?> FindAsync(this IStreamTips tips, StreamId stream, CancellationToken ct) =>
        (await tips.LoadAsync([stream], ct)).GetValueOrDefault(stream);
}
