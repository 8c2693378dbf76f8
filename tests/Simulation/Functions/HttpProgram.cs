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
/// The pipeline of an HTTP service as its own Program.cs puts it together: routing, tokens, binding, problem documents, headers. It is built once and used by all worlds on all threads, since building it takes longer than a world lives:
/// what an instance has of its own comes with each request, and time is that of the process that runs.
/// </summary>
public sealed class HttpProgram
{
    private static readonly ConcurrentDictionary<(HttpService Service, Action<IServiceCollection>? Change), Lazy<HttpProgram>> Built = [];

    private HttpProgram(IServiceProvider services, RequestDelegate pipeline) => (Services, Pipeline) = (services, pipeline);

    public IServiceProvider Services { get; }

    public RequestDelegate Pipeline { get; }

    /// <summary>The program of a service.</summary>
    /// <typeparam name="TEntry">Any type of it.</typeparam>
    /// <param name="service">What the topology says of it.</param>
    /// <param name="change">What a mutant changes in it; the same each time for the same mutant.</param>
    public static HttpProgram Of<TEntry>(HttpService service, Action<IServiceCollection>? change)
        where TEntry : class =>
        Built.GetOrAdd((service, change), _ => new Lazy<HttpProgram>(() => Task.Run(() => BuildAsync<TEntry>(service, change)).GetAwaiter().GetResult())).Value;

    /// <summary>
    /// On no world's scheduler, and until each route was asked for once: routing makes its tables when they are first needed and tells whoever was there from a thread of its own. No route has the method that is asked for, so nothing behind
    /// them runs.
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

    /// <summary>Starts the program far enough that its pipeline stands.</summary>
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
                // They are of an instance: see HttpFunction.
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
