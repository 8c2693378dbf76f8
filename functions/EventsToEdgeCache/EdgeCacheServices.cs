using System.Globalization;
using Amazon.CloudFront;
using Amazon.DynamoDBv2;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ServerlessCqrs.EventStore;

namespace ServerlessCqrs.EventsToEdgeCache;

public static class EdgeCacheServices
{
    /// <summary>
    /// Registers what invalidates changed products. Settings: <c>DISTRIBUTION_ID</c> of CloudFront,
    /// <c>INVALIDATIONS_PER_HOUR</c> and <c>INVALIDATIONS_AT_ONCE</c> in paths, and <c>EDGE_BUDGET_TABLE</c>. The
    /// caller must register the read models' versions.
    /// </summary>
    public static IServiceCollection AddEdgeCache(this IServiceCollection services, IConfiguration configuration)
    {
        var (distribution, table) = (configuration.Required("DISTRIBUTION_ID"), configuration.Required("EDGE_BUDGET_TABLE"));
        var pathsPerHour = Paths("INVALIDATIONS_PER_HOUR");
        var pathsAtOnce = Paths("INVALIDATIONS_AT_ONCE");
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddDynamoDb();
        services.AddSingleton<IAmazonCloudFront>(_ => new AmazonCloudFrontClient());
        services.AddSingleton<IInvalidations>(s => new CloudFrontInvalidations(s.GetRequiredService<IAmazonCloudFront>(), distribution));
        services.AddSingleton<IInvalidationBudget>(s => new DynamoDbInvalidationBudget(
            s.GetRequiredService<IAmazonDynamoDB>(),
            table,
            pathsPerHour,
            pathsAtOnce,
            s.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ProductInvalidator>();
        return services;

        int Paths(string setting) => int.Parse(configuration.Required(setting), NumberStyles.None, CultureInfo.InvariantCulture);
    }
}
