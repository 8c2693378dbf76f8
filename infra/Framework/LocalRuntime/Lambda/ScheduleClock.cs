using Microsoft.Extensions.Logging;

namespace ServerlessCqrs.LocalRuntime.Lambda;

/// <summary>
/// EventBridge's rule with a rate. It invokes its function once per period, first after one period. A tick during an
/// invocation waits for its end, and further ticks meanwhile are dropped, so no two invocations overlap. A failed tick
/// is not retried.
/// Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
/// </summary>
public sealed class ScheduleClock(
    Topology.ScheduleMapping mapping,
    IInvoker function,
    TimeProvider clock,
    ILogger log)
{
    /// <summary>
    /// Runs until <paramref name="stop"/>. Then waits for the invocation in flight until <paramref name="abort"/>.
    /// </summary>
    public async Task RunAsync(CancellationToken stop, CancellationToken abort)
    {
        using var ticks = new PeriodicTimer(mapping.EveryHere ?? mapping.Every, clock);
        try
        {
            while (await ticks.WaitForNextTickAsync(stop))
            {
                if (await function.InvokeAsync(ScheduledEventJson.Write(function.Name, clock.GetUtcNow()), abort) is InvocationResult.Failed failed)
                    log.LogWarning("{Function} failed on its schedule, and is invoked again at its next tick. {ErrorType}: {Message}", function.Name, failed.ErrorType, failed.Message);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The clock was stopped while it waited or while its function ran.
        }
    }
}
