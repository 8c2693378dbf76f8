using Microsoft.Extensions.Hosting;

namespace ServerlessCqrs.Lambda;

/// <summary>The hosted service of a function, which runs the loop with the function's handlers.</summary>
internal sealed class FunctionService(RuntimeWorker worker, EventDispatcher dispatcher) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        worker.Start(dispatcher);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => worker.StopAsync(cancellationToken);
}
