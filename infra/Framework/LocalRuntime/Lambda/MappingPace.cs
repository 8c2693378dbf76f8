namespace ServerlessCqrs.LocalRuntime.Lambda;

/// <summary>How quickly the mappings poll and retry on this machine. AWS is slower, as each property says.</summary>
public sealed record MappingPace
{
    /// <summary>Between looks at a shard that had nothing; Lambda looks once a second.</summary>
    public TimeSpan IdleShard { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Between looks for new shards.</summary>
    public TimeSpan NewShards { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>After the first failure; each further one without progress doubles it.</summary>
    public TimeSpan FirstRetry { get; init; } = TimeSpan.FromMilliseconds(100);

    public TimeSpan LongestRetry { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>
    /// Of a queue's visibility timeout, what a failed message stays hidden for after its first receive; each further one triples it: of 180 s it
    /// is 1, 3, 9, 27. Lambda sets nothing, so on AWS it is that timeout whole, which is also the most here. Five receives take longer than the
    /// function's own timeout, a sixth of the queue's: what one that died had begun is over by then.
    /// </summary>
    public double FirstHiding { get; init; } = 1 / 180.0;

    public TimeSpan RetryAfter(int failures) => Min(FirstRetry * Math.Pow(2, Math.Min(failures, 20)), LongestRetry);

    public TimeSpan HideAfter(int receives, TimeSpan visibilityTimeout) => Min(visibilityTimeout * FirstHiding * Math.Pow(3, Math.Clamp(receives - 1, 0, 20)), visibilityTimeout);

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
