using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ServerlessCqrs.Lambda;

/// <summary>Runs the loop from the host's start to its stop, and ends the process if the Runtime API fails.</summary>
internal sealed class RuntimeWorker(RuntimeLoop loop, IHostApplicationLifetime lifetime, ILogger<RuntimeWorker> log)
{
    private Task _running = Task.CompletedTask;

    /// <summary>True if the loop ended because the Runtime API failed.</summary>
    public bool Failed { get; private set; }

    /// <summary>Starts to poll after every hosted service has started.</summary>
    public void Start(IInvocationHandler handler) =>
        lifetime.ApplicationStarted.Register(() => _running = Task.Run(() => RunAsync(handler)));

    /// <summary>Waits for the invocation in flight, at most until <paramref name="ct"/>.</summary>
    public async Task StopAsync(CancellationToken ct)
    {
        try
        {
            await _running.WaitAsync(ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            log.InvocationAbandoned();
        }
    }

    private async Task RunAsync(IInvocationHandler handler)
    {
        try
        {
            await loop.RunAsync(handler, lifetime.ApplicationStopping);
        }
#pragma warning disable CA1031 // there is nobody to throw to: the process says why and ends
        catch (Exception e) when (!lifetime.ApplicationStopping.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Failed = true;
            log.RuntimeApiFailed(e is HttpRequestException ? null : e, e.Message);
        }
        catch (HttpRequestException e)
        {
            // The Runtime API may end first when both are stopped.
            log.RuntimeApiGone(e.Message);
        }

        lifetime.StopApplication();
    }
}
