namespace ServerlessCqrs.Push;

/// <summary>The limits of one socket, and the pace of hints.</summary>
public static class PushLimits
{
    /// <summary>The most streams of one socket. A list page watches the products that it shows.</summary>
    public const int Watches = 100;

    /// <summary>
    /// API Gateway's longest frame ("Quotas for configuring and running a WebSocket in API Gateway"). A hundred stream ids and
    /// a token fit.
    /// </summary>
    public const int MessageBytes = 32 * 1024;

    /// <summary>A page sends a message when it shows other streams. Each message writes two items per stream.</summary>
    public const int MessagesPerMinute = 30;

    /// <summary>API Gateway closes a socket after two hours. The rest allows for skewed clocks and calls under way.</summary>
    public static TimeSpan Life { get; } = TimeSpan.FromMinutes(135);

    /// <summary>A stream sends at most one hint in this time, and so does it to each watcher.</summary>
    public static TimeSpan Interval { get; } = TimeSpan.FromSeconds(1);

    /// <summary>Posts that have not begun in this time wait for the next round.</summary>
    public static TimeSpan RoundTime { get; } = TimeSpan.FromSeconds(8);

    /// <summary>API Gateway accepts a message in about 10 ms, unless the client reads too slowly.</summary>
    public static TimeSpan PostTime { get; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Longer than a round with its last posts and its writes, so that only one instance hints a stream. After a crash, the
    /// stream waits for its end.
    /// </summary>
    public static TimeSpan Lease { get; } = TimeSpan.FromSeconds(20);

    public const int PostsAtOnce = 50;

    public const int StreamsAtOnce = 16;

    /// <summary>After so many failed posts in a row, a socket is closed. Its client then connects and catches up.</summary>
    public const int Failures = 3;
}
