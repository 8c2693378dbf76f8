namespace ServerlessCqrs.Projections.Dynamo;

/// <summary>How long to wait until DynamoDB is asked again; the caller's deadline ends it.</summary>
/// <param name="random">Null for the shared one.</param>
public sealed class DynamoPauses(TimeProvider time, Random? random = null)
{
    public static DynamoPauses Usual { get; } = new(TimeProvider.System);

    /// <summary>DynamoDB leaves keys unprocessed when it throttles, and asks for exponential back-off.</summary>
    public Task AfterThrottlingAsync(int attempt, CancellationToken ct) => Task.Delay(TimeSpan.FromMilliseconds(Math.Min(25 << Math.Min(attempt, 6), 1000)), time, ct);

    /// <summary>Full jitter, doubling from 20 ms to 640 ms at most.</summary>
    public Task AfterConflictAsync(int conflicts, CancellationToken ct) => Task.Delay(TimeSpan.FromMilliseconds((random ?? Random.Shared).Next(20 << Math.Min(conflicts - 1, 5))), time, ct);
}
