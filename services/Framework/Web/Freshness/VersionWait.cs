namespace ServerlessCqrs.Web.Freshness;

/// <summary>Waits for a read model to show what its reader knows to be there.</summary>
public sealed class VersionWait(TimeProvider time)
{
    /// <summary>How long a read waits. The read model usually is there within a few hundred milliseconds.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>
    /// By how many versions a stream may grow while a read waits. Its shard takes 1,000 records a second (https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html), and no command of a client makes more than two events.
    /// A version further beyond the tip was never told to anybody.
    /// </summary>
    public const int MostAhead = 2_000;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(100);

    /// <summary>Whether it makes sense to wait for a version.</summary>
    /// <param name="committed">The stream's version in its tip; 0 where there is no stream.</param>
    public static bool MayReach(long version, long committed) => version - MostAhead <= committed;

    /// <summary>Reads until it is enough, or patience ends; returns what was read last: the caller looks.</summary>
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
