using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using ServerlessCqrs.Lambda;

namespace ServerlessCqrs.Simulation.Functions;

/// <summary>
/// One instance of an HTTP service. It passes API Gateway's events through the product's own Lambda host and the
/// service's own pipeline, with this instance's own services.
/// </summary>
public sealed class HttpFunction
{
    /// <summary>Kestrel's limit, which applies on Lambda too.</summary>
    private const long MaxBodyBytes = 30_000_000;

    private readonly HttpInvocationHandler<HttpContext> _handler;
    private readonly ServiceProvider _own;

    /// <param name="own">The service's registrations, with simulated services.</param>
    public HttpFunction(HttpProgram program, IServiceCollection own)
    {
        own.AddSingleton(typeof(ILogger<>), typeof(NullLogger<>));
        _own = own.BuildServiceProvider();
        _handler = new HttpInvocationHandler<HttpContext>(new Instance(program, _own), MaxBodyBytes, NullLogger.Instance);
    }

    /// <summary>Runs what the program does before its first request.</summary>
    public async Task StartAsync(CancellationToken ct)
    {
        foreach (var hosted in _own.GetServices<IHostedService>()) await hosted.StartAsync(ct);
    }

    public Task<ReadOnlyMemory<byte>> HandleAsync(byte[] payload, InvocationContext context, CancellationToken ct) => _handler.HandleAsync(payload, context, ct);

    private sealed class Instance(HttpProgram program, IServiceProvider own) : IHttpApplication<HttpContext>
    {
        public HttpContext CreateContext(IFeatureCollection contextFeatures)
        {
            contextFeatures.Set<IServiceProvidersFeature>(new OfARequest(own, program.Services.CreateScope()));
            return new DefaultHttpContext(contextFeatures);
        }

        public Task ProcessRequestAsync(HttpContext context) => program.Pipeline(context);

        public void DisposeContext(HttpContext context, Exception? exception) => ((OfARequest)context.RequestServices).Dispose();
    }

    /// <summary>Resolves from the instance first, then from the program's framework.</summary>
    private sealed class OfARequest(IServiceProvider own, IServiceScope shared) : IServiceProvidersFeature, IServiceProvider, IDisposable
    {
        public IServiceProvider RequestServices { get => this; set => throw new NotSupportedException(); }

        public object? GetService(Type serviceType) => own.GetService(serviceType) ?? shared.ServiceProvider.GetService(serviceType);

        public void Dispose() => shared.Dispose();
    }
}
