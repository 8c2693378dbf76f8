using Microsoft.Extensions.Logging;

namespace ServerlessCqrs.LocalRuntime.Lambda;

/// <summary>
/// EventBridge's rule with a rate: invokes its function once a period, the first time after one. A tick that comes while the one before is still at work waits for it, and those after it are passed over: never two at
/// once. One that fails is not tried again.
/// Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
/// </summary>
public sealed class ScheduleClock(
    Topology.ScheduleMapping mapping,
    IInvoker function,
    TimeProvider clock,
    ILogger log)
{
    /// <summary>Runs until <paramref name="stop"/>, and then for the invocation in flight until <paramref name="abort"/>.</summary>
    public async Task RunAsync(CancellationToken stop, CancellationToken abort)
    {
        using var ticks = new PeriodicTimer(mapping.EveryHere ?? mapping.Every, clock);
        try
        {
            while (await ticks.WaitForNextTickAsync(stop))
            {
                if (await function.InvokeAsync(ScheduledEventJson.Write(function.Name, clock.GetUtcNow()), abort) is InvocationResult.Failed failed)
                    log.LogWarning("{Function} failed on its schedule, and is invoked again in its time. {ErrorType}: {Message}", function.Name, failed.ErrorType, failed.Message);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // the stop, while it waited or while its function was at work
        }
    }
}
