using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Outcomes;
using ServerlessCqrs.EventStore.Snapshots;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Projections;
using ServerlessCqrs.Projections.History;
using ServerlessCqrs.QueryApi.Commands;
using ServerlessCqrs.QueryApi.Degradation;
using ServerlessCqrs.QueryApi.Health;
using ServerlessCqrs.QueryApi.Orders;
using ServerlessCqrs.QueryApi.Products;
using ServerlessCqrs.QueryApi.Recommendations;
using ServerlessCqrs.QueryApi.Reviews;
using ServerlessCqrs.QueryApi.Versions;
using ServerlessCqrs.Shop;
using ServerlessCqrs.ShopViews;
using ServerlessCqrs.ShopViews.Recommendations;
using StreamReader = ServerlessCqrs.EventStore.StreamReader;

namespace ServerlessCqrs.QueryApi;

/// <summary>What answers queries: all singletons, made when the first request needs them. Requests read tips and log through their circuits.</summary>
public static class QueryServices
{
    public static IServiceCollection AddQueries(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<IAmazonDynamoDB>(_ => new AmazonDynamoDBClient(ForReads()));
        services.AddEventStore(configuration, ShopDomain.Instance);
        services.AddReadModels(configuration);
        services.AddSalesRankings(configuration);
        services.AddPersonalData(configuration);
        services.AddSingleton<Dependencies>();
        services.AddSingleton<Lanes>();
        services.AddSingleton(all => all.GetRequiredService<Lanes>().Usual.Tips);
        services.AddSingleton(all => all.GetRequiredService<Lanes>().Usual.Log);
        services.AddSingleton(all => all.GetRequiredService<Lanes>().Usual.Reader);
        services.AddSingleton(all => all.GetRequiredService<Lanes>().Usual.Streams);
        services.AddSingleton(all => new OutcomeReader(all.GetRequiredService<GuardedTips>(), all.GetRequiredService<GuardedLog>()));
        services.AddSingleton(all => new HistoryReader(all.GetRequiredService<GuardedLog>(), all.GetRequiredService<GuardedLog>(), all.GetRequiredService<GuardedLog>(), all.GetRequiredService<ReadModelCatalogue>()));
        services.AddSingleton(all => ShopReadModels.Over(all.GetRequiredService<ReadModelStores>(), all.GetRequiredService<StreamReader>(), all.GetRequiredService<GuardedLog>()));
        services.AddSingleton<GuardedPersonalData>().AddSingleton<VersionWait>().AddSingleton<UnprojectedStreams>();
        services.AddSingleton<ProductVersions>().AddSingleton<ProductFolds>().AddSingleton<ProductReader>().AddSingleton<ProductSellers>().AddSingleton<OrderReader>().AddSingleton<ReviewPages>().AddSingleton<RankingReader>().AddSingleton<CommandStatuses>();
        services.AddSingleton<HealthProbe>().AddSingleton<ObservedLag>();
        services.AddHostedService<WarmUp>();
        return services;
    }

    /// <summary>A read that hangs is worth less than an answer from elsewhere: the defaults would wait 100 s, and try three times.</summary>
    private static AmazonDynamoDBConfig ForReads() => new()
    {
        Timeout = TimeSpan.FromSeconds(1),
        ConnectTimeout = TimeSpan.FromMilliseconds(500),
        RetryMode = RequestRetryMode.Standard,
        MaxErrorRetry = 1,
    };
}
