namespace ServerlessCqrs.Push;

/// <summary>What one socket may ask for, and how fast it is hinted.</summary>
public static class PushLimits
{
    /// <summary>The streams that one socket watches at once. A list page watches what it shows.</summary>
    public const int Watches = 100;

    /// <summary>API Gateway's longest frame. A hundred stream ids and a token fit.</summary>
    public const int MessageBytes = 32 * 1024;

    /// <summary>A page sends one when it shows something else. Each writes two items a stream.</summary>
    public const int MessagesPerMinute = 30;

    /// <summary>API Gateway closes a socket after two hours. The rest is for clocks, and for what is under way.</summary>
    public static TimeSpan Life { get; } = TimeSpan.FromMinutes(135);

    /// <summary>A stream is hinted once in this time: so is each of its watchers.</summary>
    public static TimeSpan Interval { get; } = TimeSpan.FromSeconds(1);

    /// <summary>Posts that have not begun in this time wait for the next round.</summary>
    public static TimeSpan RoundTime { get; } = TimeSpan.FromSeconds(8);

    /// <summary>API Gateway takes a message in some 10 ms. A client that does not read has its buffer full.</summary>
    public static TimeSpan PostTime { get; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Longer than a round with its last posts and its writes: while one instance hints a stream, no other does. After a
    /// crash the stream waits for it.
    /// </summary>
    public static TimeSpan Lease { get; } = TimeSpan.FromSeconds(20);

    public const int PostsAtOnce = 50;

    public const int StreamsAtOnce = 16;

    /// <summary>The failed posts in a row after which a socket is closed. Its client connects again and reads again.</summary>
    public const int Failures = 3;
}
