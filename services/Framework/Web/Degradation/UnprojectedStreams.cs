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

    /// <summary>The tip of a stream that has events; null where there is no such stream. One read, of some 5 ms.</summary>
    /// <exception cref="DependencyAwayException">The tips cannot be read: nobody knows whether there is such a stream.</exception>
    public async Task<StreamTip?> FindAsync(StreamId stream, CancellationToken ct) => await Lane.Tips.FindAsync(stream, ct) is { Version: > 0 } tip ? tip : null;

    /// <summary>Whether a stream may be at that version soon; true where its tip cannot be read.</summary>
    /// <param name="isHidden">The caller must not learn that there is such a stream: it counts as none.</param>
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
