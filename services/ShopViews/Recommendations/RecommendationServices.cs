using Amazon.DynamoDBv2;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.Shop;

namespace ServerlessCqrs.ShopViews.Recommendations;

/// <summary>Registers the recommendations from a program's settings.</summary>
public static class RecommendationServices
{
    /// <summary>
    /// Registers <see cref="ISalesHistory"/> without the rest of the event store. Settings: those of the log.
    /// </summary>
    public static IServiceCollection AddSalesHistory(this IServiceCollection services, IConfiguration configuration) =>
        services.AddLogDatabase(configuration, ShopDomain.Instance).AddSingleton<ISalesHistory, ClickHouseSalesHistory>();

    /// <summary>
    /// Registers <see cref="SalesRankings"/>. Settings: <c>RECOMMENDATIONS_V1_TABLE</c>, <c>BEST_SELLERS_V1_TABLE</c>.
    /// </summary>
    public static IServiceCollection AddSalesRankings(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddDynamoDb();
        return services.AddSingleton(s => new SalesRankings(
            new DynamoRankings(s.GetRequiredService<IAmazonDynamoDB>(), configuration.Required("RECOMMENDATIONS_V1_TABLE"), "product"),
            new DynamoRankings(s.GetRequiredService<IAmazonDynamoDB>(), configuration.Required("BEST_SELLERS_V1_TABLE"), "category")));
    }

    /// <summary>Registers <see cref="IRankingCheckpoint"/>. Setting: <c>CHECKPOINTS_TABLE</c>.</summary>
    public static IServiceCollection AddRankingCheckpoint(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddDynamoDb();
        return services.AddSingleton<IRankingCheckpoint>(s => new DynamoRankingCheckpoint(s.GetRequiredService<IAmazonDynamoDB>(), configuration.Required("CHECKPOINTS_TABLE")));
    }
}
