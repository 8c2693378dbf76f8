namespace ServerlessCqrs.Local.Lambda;

/// <summary>How quickly the mappings look and try again on this machine; slower on AWS, which is said at each.</summary>
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
    /// What a failed message stays hidden for after its first receive; each further one triples it: 2, 6, 18, 54 s. Lambda sets nothing,
    /// so on AWS it is the queue's visibility timeout, which is also the most here. Five receives take longer than a mail's claim is in flight,
    /// so that one whose sender died ends as unknown and not as a dead letter.
    /// </summary>
    public TimeSpan FirstHiding { get; init; } = TimeSpan.FromSeconds(2);

    public TimeSpan RetryAfter(int failures) => Min(FirstRetry * Math.Pow(2, Math.Min(failures, 20)), LongestRetry);

    public TimeSpan HideAfter(int receives, TimeSpan visibilityTimeout) => Min(FirstHiding * Math.Pow(3, Math.Clamp(receives - 1, 0, 20)), visibilityTimeout);

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
