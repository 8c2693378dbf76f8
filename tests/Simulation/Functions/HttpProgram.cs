using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ServerlessCqrs.Simulation.Machinery;
using ServerlessCqrs.Simulation.Services;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Simulation.Functions;

/// <summary>
/// The pipeline of an HTTP service as its own Program.cs builds it: routing, tokens, binding, problem documents,
/// headers. It is built once and shared by all worlds and threads, because building it takes longer than running a
/// world. An instance's own services come with each request. The time is that of the running process.
/// </summary>
public sealed class HttpProgram
{
    private static readonly ConcurrentDictionary<(HttpService Service, Action<IServiceCollection>? Change), Lazy<HttpProgram>> Built = [];

    private HttpProgram(IServiceProvider services, RequestDelegate pipeline) => (Services, Pipeline) = (services, pipeline);

    public IServiceProvider Services { get; }

    public RequestDelegate Pipeline { get; }

    /// <summary>Returns the program of a service.</summary>
    /// <typeparam name="TEntry">Any type of the program.</typeparam>
    /// <param name="service">The service in the topology.</param>
    /// <param name="change">A mutant's change of the program, always the same for the same mutant.</param>
    public static HttpProgram Of<TEntry>(HttpService service, Action<IServiceCollection>? change)
        where TEntry : class =>
        Built.GetOrAdd((service, change), _ => new Lazy<HttpProgram>(() => Task.Run(() => BuildAsync<TEntry>(service, change)).GetAwaiter().GetResult())).Value;

    /// <summary>
    /// Runs on no world's scheduler until each route was requested once. Routing builds its tables when they are first
    /// needed, and continues its callers from its own thread. The requested method does not exist on any route, so
    /// nothing behind them runs.
    /// </summary>
    private static async Task<HttpProgram> BuildAsync<TEntry>(HttpService service, Action<IServiceCollection>? change)
        where TEntry : class
    {
        var host = new Host<TEntry>(service, change);
        using var client = host.CreateClient();
        foreach (var route in host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            using var question = new HttpRequestMessage(HttpMethod.Trace, string.Concat(route.RoutePattern.PathSegments.Select(segment => "/" + (segment.Parts[0] is RoutePatternLiteralPart literal ? literal.Content : "x"))));
            using var answer = await client.SendAsync(question);
        }

        return new HttpProgram(host.Services, host.Pipeline!);
    }

    /// <summary>Starts the program until its pipeline is built.</summary>
    private sealed class Host<TEntry>(HttpService service, Action<IServiceCollection>? change) : WebApplicationFactory<TEntry>, IStartupFilter
        where TEntry : class
    {
        public RequestDelegate? Pipeline { get; private set; }

        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use(pipeline => Pipeline = pipeline);
            next(app);
        };

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseEnvironment(Environments.Production);
            builder.UseContentRoot(AppContext.BaseDirectory);
            foreach (var (name, value) in SimEnvironment.Of(service)) builder.UseSetting(name, value);
            builder.ConfigureLogging(logging => logging.ClearProviders());
            builder.ConfigureTestServices(services =>
            {
                // These belong to an instance (see HttpFunction).
                foreach (var hosted in services.Where(IsOfTheProgram).ToList()) services.Remove(hosted);
                services.AddSingleton<IStartupFilter>(this);
                services.AddSingleton<TimeProvider, RunningClock>();
                services.Configure<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme, options => options.ConfigurationManager = SimIdentity.Discovery);
                change?.Invoke(services);
            });
        }

        private static bool IsOfTheProgram(ServiceDescriptor service) => service.ServiceType == typeof(IHostedService) && service.ImplementationType?.Assembly == typeof(TEntry).Assembly;
    }
}
