using Microsoft.Extensions.Hosting;

namespace ServerlessCqrs.LocalRuntime.Gateway;

/// <summary>
/// Ends a server only when its owner does. By default every host in the process would handle Ctrl-C itself, and stop
/// before its clients have their responses.
/// </summary>
internal sealed class OwnedLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
