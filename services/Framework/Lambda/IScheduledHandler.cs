namespace ServerlessCqrs.Lambda;

/// <summary>Handles the ticks of an EventBridge schedule.</summary>
public interface IScheduledHandler
{
    /// <summary>Throwing fails the invocation; Lambda tries an asynchronous invocation twice more.</summary>
    /// <param name="tick">The tick.</param>
    /// <param name="context">The invocation.</param>
    /// <param name="ct">Cancelled a margin before the deadline, and shortly after SIGTERM.</param>
    Task HandleAsync(ScheduledEvent tick, InvocationContext context, CancellationToken ct);
}
