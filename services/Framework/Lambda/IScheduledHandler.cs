namespace ServerlessCqrs.Lambda;

/// <summary>Handles the ticks of an EventBridge schedule.</summary>
public interface IScheduledHandler
{
    /// <summary>An exception fails the invocation. Lambda retries an asynchronous invocation twice.</summary>
    /// <param name="tick">The tick.</param>
    /// <param name="context">The invocation.</param>
    /// <param name="ct">Cancelled a margin before the deadline, and shortly after SIGTERM.</param>
    Task HandleAsync(ScheduledEvent tick, InvocationContext context, CancellationToken ct);
}
