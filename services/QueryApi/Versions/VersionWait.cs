namespace ServerlessCqrs.QueryApi.Versions;

/// <summary>Waits for a read model to show what its reader knows to be there.</summary>
public sealed class VersionWait(TimeProvider time)
{
    /// <summary>How long a read waits. The read model usually is there within a few hundred milliseconds.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(100);

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
