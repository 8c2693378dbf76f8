using Microsoft.Extensions.Logging;

namespace ServerlessCqrs.Lambda;

/// <summary>Takes invocations from the Runtime API one at a time, and sends the response of each.</summary>
internal sealed class RuntimeLoop(RuntimeApi api, TimeProvider clock, ILogger<RuntimeLoop> log)
{
    /// <summary>
    /// The time that an invocation in flight gets after SIGTERM before it is cancelled. Lambda kills a runtime 300 ms
    /// after SIGTERM with external extensions, and 500 ms after it with an internal one.
    /// </summary>
    private static readonly TimeSpan ShutdownGrace = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan MaxDeadlineMargin = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Lambda's longest timeout is 15 minutes. A timer accepts at most 49 days, so this guards against other values.
    /// </summary>
    private static readonly TimeSpan MaxTime = TimeSpan.FromDays(1);

    /// <summary>
    /// Runs until <paramref name="stop"/>, then finishes the invocation in flight and returns. Throws if the Runtime
    /// API fails.
    /// </summary>
    public async Task RunAsync(IInvocationHandler handler, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            InvocationContext context;
            byte[] payload;
            try
            {
                (context, payload) = await api.NextAsync(stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }

            await HandleAsync(handler, context, payload, stop);
        }
    }

    private async Task HandleAsync(IInvocationHandler handler, InvocationContext context, byte[] payload, CancellationToken stop)
    {
        // The X-Ray tools read this variable.
        Environment.SetEnvironmentVariable("_X_AMZN_TRACE_ID", context.TraceId);
        using var scope = log.BeginScope("{RequestId}", context.RequestId);
        var error = await TryAsync(handler, context, payload, stop);
        if (error is not null) await api.FailAsync(context.RequestId, error, CancellationToken.None);
    }

    private async Task<RuntimeError?> TryAsync(IInvocationHandler handler, InvocationContext context, byte[] payload, CancellationToken stop)
    {
        var left = TimeUntilCancel(context.Deadline);
        using var deadline = new CancellationTokenSource(left, clock);
        using var shutdown = new CancellationTokenSource(Timeout.InfiniteTimeSpan, clock);
        using var registration = stop.Register(() => shutdown.CancelAfter(ShutdownGrace));
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, shutdown.Token);
        ReadOnlyMemory<byte> answer;
        try
        {
            answer = await handler.HandleAsync(payload, context, both.Token);
        }
        catch (Exception e) when (deadline.IsCancellationRequested)
        {
            return Failed(context, "DeadlineExceeded", $"The handler was not done after {left.TotalMilliseconds:F0} ms and was cancelled before its deadline {context.Deadline:O}: {e.Message}", e);
        }
        catch (Exception e) when (shutdown.IsCancellationRequested)
        {
            return Failed(context, "ShuttingDown", $"The handler was cancelled because the process is stopping: {e.Message}", e);
        }
#pragma warning disable CA1031 // whatever a handler throws is the invocation's error, not the process's
        catch (Exception e)
#pragma warning restore CA1031
        {
            log.HandlerThrew(e, context.RequestId);
            return RuntimeError.Of(e);
        }

        return await api.RespondAsync(context.RequestId, answer, CancellationToken.None)
            ? null
            : Failed(context, "ResponseTooLarge", $"The answer has {answer.Length} bytes; Lambda takes at most {HttpApiAnswer.LargestBytes}.");
    }

    private RuntimeError Failed(InvocationContext context, string type, string message, Exception? cause = null)
    {
        log.InvocationFailed(context.RequestId, type, message);
        return new(type, message, cause?.StackTrace);
    }

    /// <summary>
    /// The margin is a tenth of the time, and at most a second. That suffices to report what was done.
    /// </summary>
    private TimeSpan TimeUntilCancel(DateTimeOffset deadline)
    {
        var left = deadline - clock.GetUtcNow();
        if (left <= TimeSpan.Zero) return TimeSpan.Zero;
        if (left > MaxTime) return MaxTime;
        var margin = left / 10 < MaxDeadlineMargin ? left / 10 : MaxDeadlineMargin;
        return left - margin;
    }
}
