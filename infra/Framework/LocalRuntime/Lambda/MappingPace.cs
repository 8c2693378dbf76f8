namespace ServerlessCqrs.LocalRuntime.Lambda;

/// <summary>The polling and retry intervals of the local mappings. AWS's are longer, as each property says.</summary>
public sealed record MappingPace
{
    /// <summary>The interval between reads of an empty shard; Lambda's is one second.</summary>
    public TimeSpan IdleShard { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The interval between checks for new shards.</summary>
    public TimeSpan NewShards { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The delay after the first failure. Each further failure without progress doubles it.</summary>
    public TimeSpan FirstRetry { get; init; } = TimeSpan.FromMilliseconds(100);

    public TimeSpan LongestRetry { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>
    /// The part of a queue's visibility timeout that hides a failed message after its first receive. Each further
    /// receive triples it: 1, 3, 9 and 27 s of 180 s. Lambda does not change the timeout, so on AWS it is always the
    /// whole one, which is also the maximum here. Five receives take longer than the function's own timeout, a sixth of
    /// the queue's. A message is therefore not dead-lettered while a killed invocation of it could still have effects.
    /// </summary>
    public double FirstHiding { get; init; } = 1 / 180.0;

    public TimeSpan RetryAfter(int failures) => Min(FirstRetry * Math.Pow(2, Math.Min(failures, 20)), LongestRetry);

    public TimeSpan HideAfter(int receives, TimeSpan visibilityTimeout) => Min(visibilityTimeout * FirstHiding * Math.Pow(3, Math.Clamp(receives - 1, 0, 20)), visibilityTimeout);

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
