using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Reflection;
using Amazon.DynamoDBv2;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Snapshots;
using ServerlessCqrs.Projections.Lag;
using ServerlessCqrs.QueryApi.Specs.Playground;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Streams;
using ServerlessCqrs.Web;

namespace ServerlessCqrs.QueryApi.Specs;

/// <summary>On AWS the query service has no permission to write, so it must not try.</summary>
public sealed class ReadOnlySpecs : WebApplicationFactory<ProductReader>
{
    private static readonly string[] Reads = ["GetItemAsync", "BatchGetItemAsync", "QueryAsync"];

    private readonly RecordedDynamoDb _dynamo = RecordedDynamoDb.Create();
    private readonly InMemoryEventLog _log = new(TimeProvider.System);
    private readonly string _masterKey = Path.Combine(Path.GetTempPath(), $"read-only-specs-{Guid.NewGuid():N}.key");

    [Fact]
    public void Nothing_that_records_the_lag_is_registered() => Assert.Null(Services.GetService<ILagRecorder>());

    [Fact]
    public async Task Every_route_only_reads()
    {
        var stream = ProductStreams.IdOf(Guid.NewGuid());
        await _log.AppendAsync([EventRecord.Of(ShopContracts.Events, stream, 1, ShopInMemory.Headphones(), Guid.NewGuid(), 0, ShopInMemory.Seller, DateTimeOffset.UnixEpoch.AddYears(50))], [], default);
        using var client = CreateDefaultClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", Identity.Token("boss", Actor.Operator, DateTimeOffset.UtcNow));
        var templates = Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Select(route => $"/{route.RoutePattern.RawText!.Trim('/')}").Where(route => !route.StartsWith("/docs", StringComparison.Ordinal)).Distinct().ToList();
        Assert.Contains("/health/sync-lag", templates);
        foreach (var template in templates)
        {
            var path = template.Replace("{stream}", stream.ToString(), StringComparison.Ordinal).Replace("{token}", "some.token", StringComparison.Ordinal).Replace("{id}", stream.Key, StringComparison.Ordinal);
            using var answer = await client.SendAsync($"GET {path}");
            Assert.NotEqual(401, (int)answer.StatusCode);
            if (path == "/health/sync-lag") await answer.ShouldBeOkAsync();
        }

        await (await client.SendAsync($"GET /graphql?query={Uri.EscapeDataString($$"""{ product(id: "{{stream.Key}}") { name } products { next } }""")}")).ShouldBeOkAsync();
        await (await client.PostAsJsonAsync("/graphql/query", new { query = "{ orders { next } }" }, TestContext.Current.CancellationToken)).ShouldBeOkAsync();
        Assert.NotEmpty(_dynamo.Calls);
        Assert.Empty(_dynamo.Calls.Except(Reads));
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        QueryServer.Configure(builder, _masterKey);
        builder.ConfigureTestServices(services =>
        {
            services.Remove(services.Single(service => service.ServiceType == typeof(IHostedService) && service.ImplementationType == typeof(WarmUp)));
            services
                .AddSingleton((IAmazonDynamoDB)(object)_dynamo)
                .AddSingleton<IEventLog>(_log)
                .AddSingleton<IEventHistory>(_log)
                .AddSingleton<IAuditTrail>(_log)
                .AddSingleton<IStreamLookup>(_log)
                .AddSingleton<ISnapshots>(new InMemorySnapshots(every: 4))
                .Configure<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme, options => options.BackchannelHttpHandler = new Identity());
        });
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        File.Delete(_masterKey);
    }

    /// <summary>An empty DynamoDB that records its requests.</summary>
    public class RecordedDynamoDb : DispatchProxy
    {
        public ConcurrentBag<string> Calls { get; } = [];

        internal static RecordedDynamoDb Create() => (RecordedDynamoDb)(object)Create<IAmazonDynamoDB, RecordedDynamoDb>();

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            if (!targetMethod!.ReturnType.IsGenericType) return null;
            Calls.Add(targetMethod.Name);
            var answer = targetMethod.ReturnType.GenericTypeArguments[0];
            return typeof(Task).GetMethod(nameof(Task.FromResult))!.MakeGenericMethod(answer).Invoke(null, [Activator.CreateInstance(answer)]);
        }
    }
}
