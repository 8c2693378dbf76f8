namespace ServerlessCqrs.Aws.Reliable;

/// <summary>
/// The number of attempts and the waits between them: exponential with full jitter. So writers that were throttled
/// together do not retry together. Source: https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
/// </summary>
/// <param name="Attempts">The number of attempts, including the first.</param>
/// <param name="First">The longest wait before the second attempt. It doubles for each further attempt.</param>
/// <param name="Longest">The upper limit of any wait.</param>
public sealed record Backoff(
    int Attempts,
    TimeSpan First,
    TimeSpan Longest)
{
    /// <summary>
    /// Ten attempts in at most 7 s. A shard's quota is counted per second, and an HTTP caller still waits that long.
    /// </summary>
    public static Backoff Default { get; } = new(
        Attempts: 10,
        First: TimeSpan.FromMilliseconds(50),
        Longest: TimeSpan.FromSeconds(1));

    /// <param name="failures">The number of failed attempts, from 1.</param>
    /// <param name="jitter">A factor from 0 to 1.</param>
    public TimeSpan After(int failures, double jitter)
    {
        var most = Math.Min(First.TotalMilliseconds * Math.Pow(2, failures - 1), Longest.TotalMilliseconds);
        return TimeSpan.FromMilliseconds(most * jitter);
    }

    internal Task WaitAsync(int failures, TimeProvider time, Random random, CancellationToken cancellationToken) =>
        Task.Delay(After(failures, random.NextDouble()), time, cancellationToken);
}
