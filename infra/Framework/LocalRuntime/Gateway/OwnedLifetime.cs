using Microsoft.Extensions.Hosting;

namespace ServerlessCqrs.LocalRuntime.Gateway;

/// <summary>
/// Stops a server only when its owner does. By default every host in the process handles Ctrl-C itself, and stops
/// before its clients have their responses.
/// </summary>
internal sealed class OwnedLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
