namespace ServerlessCqrs.EventStore.Log;

/// <summary>
/// Makes ClickHouse refuse the reads of an async flow while the server already runs too many queries of all users. So
/// these reads never take the last free slots, even from many processes. On Lambda, each request has its own process.
/// The setting of one query does not affect others (ClickHouse Docs, "max_concurrent_* session settings",
/// https://clickhouse.com/docs/reference/settings/session-settings/max-concurrent).
/// </summary>
public static class GivingWay
{
    internal const string Setting = "max_concurrent_queries_for_all_users";

    private static readonly AsyncLocal<int> s_mostQueries = new();

    /// <summary>The number of running queries from which on the server refuses a read, or 0 for no limit.</summary>
    public static int MostQueries => s_mostQueries.Value;

    /// <summary>Applies to every read until the returned value is disposed.</summary>
    /// <param name="mostQueries">The server refuses a read when this many queries are running.</param>
    public static IDisposable Begin(int mostQueries)
    {
        s_mostQueries.Value = mostQueries;
        return new End();
    }

    private sealed class End : IDisposable
    {
        public void Dispose() => s_mostQueries.Value = 0;
    }
}
