using System.Net.Http.Headers;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using ServerlessCqrs.CommandApi.Specs.Playground;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Personal;
using ServerlessCqrs.EventStore.Snapshots;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Projections;
using ServerlessCqrs.Projections.Lag;
using ServerlessCqrs.Projections.Live;
using ServerlessCqrs.Projections.Routing;
using ServerlessCqrs.ShopViews;
using ServerlessCqrs.ShopViews.Orders;
using ServerlessCqrs.ShopViews.Products;
using ServerlessCqrs.ShopViews.Recommendations;
using ServerlessCqrs.ShopViews.Reviews;
using ServerlessCqrs.ShopViews.Search;
using ServerlessCqrs.Web;

namespace ServerlessCqrs.QueryApi.Specs.Playground;

/// <summary>The whole service, with everything behind it in memory and its time virtual.</summary>
public sealed class QueryServer : WebApplicationFactory<ProductReader>
{
    public const string Origin = "https://shop.example.org";

    public QueryServer()
    {
        Log = new FakeLog(Time);
        Others = new FakeQueries();
        ReadModelV2 = new FakeReadModel<ProductDocumentV2>(Others.Models.As<InMemoryProducts<ProductDocumentV2>>(ShopReadModels.ProductDocumentsV2));
        Personal = new PersonalData(PersonKeys, new FileMasterKey(_masterKey), Time);
        Shop = new ShopInMemory(this);
    }

    private readonly string _masterKey = Path.Combine(Path.GetTempPath(), $"query-specs-{Guid.NewGuid():N}.key");

    public static DateTimeOffset Start { get; } = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    public FakeTimeProvider Time { get; } = new(Start);

    public FakeReadModel<ProductDocument> ReadModel { get; } = new(new InMemoryProducts());

    /// <summary>Version 2, which gets the same events as version 1.</summary>
    public FakeReadModel<ProductDocumentV2> ReadModelV2 { get; }

    /// <summary>The routes. At first, version 2 serves nobody.</summary>
    public FakeRoutes Routes { get; } = new();

    /// <summary>The read models without the products.</summary>
    public FakeQueries Others { get; }

    public SalesRankings Rankings { get; } = new(new InMemoryRankings(), new InMemoryRankings());

    public InMemoryPersonKeys PersonKeys { get; } = new();

    public PersonalData Personal { get; }

    public CollectedLogs Logs { get; } = new();

    public FakeTips Tips { get; } = new();

    public InMemorySnapshots Snapshots { get; } = new(every: 4);

    public FakeLog Log { get; }

    public ShopInMemory Shop { get; }

    public HttpMessageHandler IdentityProvider { get; init; } = new Identity();

    public HttpClient Anyone => CreateDefaultClient();

    public HttpClient ClientOf(string subject, string group = "seller") => WithToken(Identity.Token(subject, group, Time.GetUtcNow()));

    public HttpClient WithToken(string token)
    {
        var client = CreateDefaultClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    /// <summary>Advances the time step by step until the task is done.</summary>
    public async Task<T> PassTimeUntilAsync<T>(Task<T> task)
    {
        while (!task.IsCompleted)
        {
            Time.Advance(TimeSpan.FromMilliseconds(10));
            await Task.WhenAny(task, Task.Delay(1, TestContext.Current.CancellationToken));
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }

        return await task;
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        Configure(builder, _masterKey);
        builder.ConfigureTestServices(services =>
        {
            services.AddLogging(logging => logging.ClearProviders().AddProvider(Logs));
            services.Remove(services.Single(service => service.ServiceType == typeof(IHostedService) && service.ImplementationType == typeof(WarmUp)));
            services
                .AddSingleton<TimeProvider>(Time)
                .AddSingleton<IProductCatalogue>(ReadModel)
                .AddKeyedSingleton<IProductCatalogue>(ShopReadModels.ProductsV2, ReadModelV2)
                .AddSingleton<IReadModelRoutes>(Routes)
                .AddSingleton<IReviewQueries>(Others)
                .AddSingleton<IOrderQueries>(Others)
                .AddSingleton<IProductSearch>(Others)
                .AddSingleton(Others.Models.With(ShopReadModels.ProductDocuments, ReadModel).With(ShopReadModels.Ratings, ReadModel.Inner.Ratings))
                .AddSingleton(Rankings)
                .AddSingleton<IPersonalData>(Personal)
                .AddSingleton<IReadModelStates, InMemoryReadModelStates>()
                .AddSingleton<ILagWatermarks, InMemoryLagWatermarks>()
                .AddSingleton<IStreamTips>(Tips)
                .AddSingleton<IEventLog>(Log)
                .AddSingleton<IEventHistory>(Log)
                .AddSingleton<IAuditTrail>(Log)
                .AddSingleton<IStreamLookup>(Log)
                .AddSingleton<ISnapshots>(Snapshots)
                .Configure<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme, options => options.BackchannelHttpHandler = IdentityProvider);
        });
    }

    /// <summary>The settings of the service.</summary>
    internal static void Configure(IWebHostBuilder builder, string masterKey)
    {
        builder.UseSetting("STREAM_TIPS_TABLE", "stream-tips");
        foreach (var setting in new[] { "PRODUCTS_V1", "PRODUCTS_V2", "REVIEWS_V1", "ORDERS_V1", "PRODUCT_SEARCH_V1", "PRODUCT_SEARCH_V1_WORDS", "RECOMMENDATIONS_V1", "BEST_SELLERS_V1", "CHECKPOINTS" }) builder.UseSetting($"{setting}_TABLE", setting);
        builder.UseSetting("PERSON_KEYS_TABLE", "person-keys");
        builder.UseSetting("MASTER_KEY", $"file:{masterKey}");
        builder.UseSetting("CLICKHOUSE", "Host=127.0.0.1;Port=9");
        builder.UseSetting("TOKEN_ISSUER", Identity.Issuer);
        builder.UseSetting("TOKEN_AUDIENCE", Identity.Audience);
        builder.UseSetting("CORS_ORIGINS", $"{Origin}, http://127.0.0.1:5173");
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        Personal.Dispose();
        File.Delete(_masterKey);
    }
}
