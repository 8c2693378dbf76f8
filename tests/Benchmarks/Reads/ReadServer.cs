using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.LocalRuntime.Resources;
using ServerlessCqrs.Projections;
using ServerlessCqrs.Projections.Routing;
using ServerlessCqrs.QueryApi;
using ServerlessCqrs.ShopViews.Products;
using ServerlessCqrs.Topology;
using ServerlessCqrs.Web;

namespace ServerlessCqrs.Benchmarks.Reads;

/// <summary>The query service as it is, on Kestrel and a free port. Its products are in memory; nothing else is asked.</summary>
internal sealed class ReadServer : WebApplicationFactory<ProductReader>
{
    // The port of "discard": nobody listens.
    private const string Nowhere = "http://127.0.0.1:9";
    private const int Attempts = 50;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly InMemoryProducts _products;

    private ReadServer(InMemoryProducts products) => _products = products;

    /// <summary>Where it listens.</summary>
    public Uri Address => new(Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <param name="path">Of a product: it is asked for until it is answered. The first requests compile code, for longer than the service gives its read model.</param>
    public static async Task<ReadServer> StartAsync(InMemoryProducts products, string path, CancellationToken ct)
    {
        var server = new ReadServer(products);
        server.UseKestrel(0);
        server.StartServer();
        using var client = new HttpClient { BaseAddress = server.Address };
        for (var left = Attempts; ; left--)
        {
            using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), ct);
            if (answer.IsSuccessStatusCode) return server;
            if (left == 0) throw new LatencyException($"The query service answers {(int)answer.StatusCode} to {path}: {await answer.Content.ReadAsStringAsync(ct)}");
            await Task.Delay(Pause, ct);
        }
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment(Environments.Production);
        builder.UseContentRoot(AppContext.BaseDirectory);
        foreach (var (name, value) in Settings()) builder.UseSetting(name, value);
        builder.ConfigureLogging(logging => logging.ClearProviders());
        builder.ConfigureTestServices(services =>
        {
            services.Remove(services.Single(service => service.ServiceType == typeof(IHostedService) && service.ImplementationType == typeof(WarmUp)));
            services
                .AddSingleton<IAmazonDynamoDB>(new AmazonDynamoDBClient(new AnonymousAWSCredentials(), new AmazonDynamoDBConfig { ServiceURL = Nowhere }))
                .AddSingleton<IProductCatalogue>(_products)
                .AddSingleton<IReadModelRoutes>(new InMemoryReadModelRoutes())
                .AddSingleton<IStreamTips>(new InMemoryStreamTips());
        });
    }

    private static IReadOnlyDictionary<string, string> Settings() => new EnvironmentResolver(
        new CreatedResources(new Dictionary<string, string>(), new Dictionary<string, CreatedQueue>(), new Dictionary<string, CreatedStream>()),
        new Dictionary<Provision, string>
        {
            [Provision.ClickHouse] = "Host=127.0.0.1;Port=9",
            [Provision.ClickHouseSecret] = "",
            [Provision.MasterKey] = "file:never-made.key",
            [Provision.TokenIssuer] = $"{Nowhere}/identity",
            [Provision.TokenAudience] = "shop",
            [Provision.CorsOrigins] = "",
            [Provision.EdgeSecrets] = "",
        }).Resolve(ShopTopology.QueryApi.Environment);
}
