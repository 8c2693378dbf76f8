namespace ServerlessCqrs.Aws.Reliable;

/// <summary>
/// How often to try, and how long to wait in between: exponential with full jitter, so that writers who were throttled
/// together do not come back together.
/// Source: https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
/// </summary>
/// <param name="Attempts">Tries altogether, the first included.</param>
/// <param name="First">The most that is waited before the second try; doubled for each further one.</param>
/// <param name="Longest">The most that is ever waited.</param>
public sealed record Backoff(
    int Attempts,
    TimeSpan First,
    TimeSpan Longest)
{
    /// <summary>Ten tries in at most 7 s: a shard's quota is counted by the second, and a caller over HTTP is still there.</summary>
    public static Backoff Default { get; } = new(
        Attempts: 10,
        First: TimeSpan.FromMilliseconds(50),
        Longest: TimeSpan.FromSeconds(1));

    /// <param name="failures">Tries that have failed, from 1.</param>
    /// <param name="jitter">From 0 to 1.</param>
    public TimeSpan After(int failures, double jitter)
    {
        var most = Math.Min(First.TotalMilliseconds * Math.Pow(2, failures - 1), Longest.TotalMilliseconds);
        return TimeSpan.FromMilliseconds(most * jitter);
    }

    internal Task WaitAsync(int failures, TimeProvider time, Random random, CancellationToken cancellationToken) =>
        Task.Delay(After(failures, random.NextDouble()), time, cancellationToken);
}
