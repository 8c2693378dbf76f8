using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Web.Commands;

/// <summary>Reads tips for predictions in one call. If they cannot be read in time, it returns null.</summary>
public sealed class TipReader(
    IStreamTips tips,
    TimeProvider time,
    ILogger<TipReader> logger)
{
    /// <summary>
    /// A read takes a few milliseconds. After this time, accepting the command matters more than predicting it.
    /// </summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    private static readonly Dictionary<StreamId, StreamTip> Nothing = [];

    /// <summary>Returns the tips of these streams without missing ones, or null if they cannot be read.</summary>
    public async Task<IReadOnlyDictionary<StreamId, StreamTip>?> TryReadAsync(IReadOnlyCollection<StreamId> streams, CancellationToken ct)
    {
        if (streams.Count == 0) return Nothing;
        using var timeout = new CancellationTokenSource(Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, ct);
        try
        {
            return await tips.LoadAsync(streams, either.Token);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            logger.LogWarning(e, "The tip of {Stream} cannot be read.", streams.First());
            return null;
        }
    }
}
