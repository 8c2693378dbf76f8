using Microsoft.Extensions.Hosting;

namespace ServerlessCqrs.LocalRuntime.Gateway;

/// <summary>A server that ends when its owner ends it. By default every host in the process would hear Ctrl-C for itself, and stop serving those who are still to be told.</summary>
internal sealed class OwnedLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
