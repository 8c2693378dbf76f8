using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ServerlessCqrs.Lambda;

/// <summary>
/// Replaces Kestrel, and takes its requests from the Runtime API. Kestrel's limit of a request body applies too.
/// </summary>
internal sealed class LambdaServer(
    RuntimeWorker worker,
    InitErrors initErrors,
    IOptions<KestrelServerOptions> kestrel,
    ILogger<LambdaServer> log) : IServer
{
    public IFeatureCollection Features { get; } = WithoutAddresses();

    public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken) where TContext : notnull
    {
        worker.Start(new HttpInvocationHandler<TContext>(application, kestrel.Value.Limits.MaxRequestBodySize, log));
        initErrors.Dispose();
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await worker.StopAsync(cancellationToken);
        if (worker.Failed) Environment.ExitCode = 1;
    }

    public void Dispose() => initErrors.Dispose();

    private static FeatureCollection WithoutAddresses()
    {
        var features = new FeatureCollection();
        features.Set<IServerAddressesFeature>(new ServerAddressesFeature());
        return features;
    }
}
