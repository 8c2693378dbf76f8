namespace ServerlessCqrs.Web.Freshness;

/// <summary>Waits until a read model shows a version that its reader knows.</summary>
public sealed class VersionWait(TimeProvider time)
{
    /// <summary>
    /// How long a read waits. The read model usually has the version within a few hundred milliseconds.
    /// </summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The number of versions by which a stream can grow while a read waits. Its shard accepts 1,000 records a second
    /// (https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html), and a client's command produces
    /// at most two events. No client can know a version further beyond the tip.
    /// </summary>
    public const int MostAhead = 2_000;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(100);

    /// <summary>Returns true if waiting for a version makes sense.</summary>
    /// <param name="committed">The stream's version in its tip, or 0 if there is no stream.</param>
    public static bool MayReach(long version, long committed) => version - MostAhead <= committed;

    /// <summary>
    /// Reads until the result is enough or the time is up. Returns the last result, which the caller checks.
    /// </summary>
    public async Task<T> ReadAsync<T>(Func<CancellationToken, Task<T>> read, Func<T, bool> isEnough, CancellationToken ct)
    {
        var start = time.GetTimestamp();
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            var found = await read(ct);
            if (isEnough(found) || time.GetElapsedTime(start) + pause > Patience) return found;
            await Task.Delay(pause, time, ct);
        }
    }
}
