namespace ServerlessCqrs.Projections.Dynamo;

/// <summary>The waits before a call to DynamoDB is retried. The caller's deadline ends them.</summary>
/// <param name="random">Null for the shared random generator.</param>
public sealed class DynamoPauses(TimeProvider time, Random? random = null)
{
    public static DynamoPauses Usual { get; } = new(TimeProvider.System);

    /// <summary>DynamoDB leaves keys unprocessed when it throttles, and asks for exponential backoff.</summary>
    public Task AfterThrottlingAsync(int attempt, CancellationToken ct) => Task.Delay(TimeSpan.FromMilliseconds(Math.Min(25 << Math.Min(attempt, 6), 1000)), time, ct);

    /// <summary>Waits with full jitter. The upper limit doubles from 20 ms to 640 ms.</summary>
    public Task AfterConflictAsync(int conflicts, CancellationToken ct) => Task.Delay(TimeSpan.FromMilliseconds((random ?? Random.Shared).Next(20 << Math.Min(conflicts - 1, 5))), time, ct);
}
