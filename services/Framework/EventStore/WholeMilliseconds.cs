namespace ServerlessCqrs.EventStore;

/// <summary>The precision of times in commands, tips and the log.</summary>
public static class WholeMilliseconds
{
    /// <summary>Returns the current time in whole milliseconds, so that a stored time equals the written one.</summary>
    public static DateTimeOffset GetUtcMilliseconds(this TimeProvider time) => DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());
}
