using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Streams;
using ServerlessCqrs.Web.Freshness;

namespace ServerlessCqrs.Web.Degradation;

/// <summary>
/// Reads a stream's tip before a reader gets a 404. So a product that was acknowledged as decided is found, even if its
/// read model does not have it yet. These reads have their own circuits, so that misses do not affect other readers.
/// </summary>
public sealed class UnprojectedStreams(Lanes lanes)
{
    public Lane Lane => lanes.Misses;

    /// <summary>
    /// Returns the tip of a stream with events, or null if there is no such stream. It costs one read of about 5 ms.
    /// </summary>
    /// <exception cref="DependencyAwayException">The tips cannot be read, so it is unknown whether the stream
    /// exists.</exception>
    public async Task<StreamTip?> FindAsync(StreamId stream, CancellationToken ct) => await Lane.Tips.FindAsync(stream, ct) is { Version: > 0 } tip ? tip : null;

    /// <summary>Returns true if a stream may soon reach that version, or if its tip cannot be read.</summary>
    /// <param name="isHidden">True if the caller must not learn that the stream exists. Then it counts as
    /// missing.</param>
    public async Task<bool> MayReachAsync(StreamId stream, long version, CancellationToken ct, bool isHidden = false)
    {
        try
        {
            var tip = await FindAsync(stream, ct);
            return VersionWait.MayReach(version, isHidden ? 0 : tip?.Version ?? 0);
        }
        catch (DependencyAwayException)
        {
            return true;
        }
    }
}
