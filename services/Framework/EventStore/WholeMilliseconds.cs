namespace ServerlessCqrs.EventStore;

/// <summary>Time as commands, tips and the log keep it.</summary>
public static class WholeMilliseconds
{
    /// <summary>Now, without the part of a millisecond: what is stored compares equal to what was written.</summary>
    public static DateTimeOffset GetUtcMilliseconds(this TimeProvider time) => DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());
}
