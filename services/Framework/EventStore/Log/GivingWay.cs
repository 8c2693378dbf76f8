namespace ServerlessCqrs.EventStore.Log;

/// <summary>
/// Has ClickHouse refuse the reads of a flow of code while it runs too many queries already, whoever sent them. So such
/// reads never take its last place, however many processes send them: on Lambda, each request has a process of its own.
/// ClickHouse Docs, "max_concurrent_* session settings": the setting of one query does not affect others.
/// https://clickhouse.com/docs/reference/settings/session-settings/max-concurrent
/// </summary>
public static class GivingWay
{
    internal const string Setting = "max_concurrent_queries_for_all_users";

    private static readonly AsyncLocal<int> s_mostQueries = new();

    /// <summary>How many queries the server may run already; 0 for any number.</summary>
    public static int MostQueries => s_mostQueries.Value;

    /// <summary>Applies to every read until what this returns is disposed of.</summary>
    /// <param name="mostQueries">A read is refused when the server runs so many already.</param>
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
