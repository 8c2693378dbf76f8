using System.Globalization;
using Amazon.CloudFront;
using Amazon.DynamoDBv2;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.Lambda;
using ServerlessCqrs.Projections;
using ServerlessCqrs.Projections.Declarations;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Functions.EdgeCache;

public static class EdgeCacheServices
{
    /// <summary>
    /// Registers the function that invalidates changed documents at the edge. Settings: <c>DISTRIBUTION_ID</c> of
    /// CloudFront, <c>INVALIDATIONS_PER_HOUR</c> and <c>INVALIDATIONS_AT_ONCE</c> in paths, <c>EDGE_BUDGET_TABLE</c>, and
    /// those of the read model and of the follower.
    /// </summary>
    /// <param name="family">All versions of the read model whose documents the edge caches.</param>
    /// <param name="function">The function's name, which its dead letters carry.</param>
    /// <param name="changeOf">Returns the document that an event changes, or null for none.</param>
    public static IServiceCollection AddEdgeCache(
        this IServiceCollection services,
        IConfiguration configuration,
        Domain domain,
        ReadModelDeclarations models,
        string family,
        string function,
        Func<EventRecord, EdgeChange?> changeOf)
    {
        var (distribution, table) = (configuration.Required("DISTRIBUTION_ID"), configuration.Required("EDGE_BUDGET_TABLE"));
        var pathsPerHour = Paths("INVALIDATIONS_PER_HOUR");
        var pathsAtOnce = Paths("INVALIDATIONS_AT_ONCE");
        services.AddServedVersions(configuration, models, family);
        services.AddEventFollower(configuration, domain, function);
        services.AddSingleton<IAmazonCloudFront>(_ => new AmazonCloudFrontClient());
        services.AddSingleton<IInvalidations>(s => new CloudFrontInvalidations(s.GetRequiredService<IAmazonCloudFront>(), distribution));
        services.AddSingleton<IInvalidationBudget>(s => new DynamoDbInvalidationBudget(
            s.GetRequiredService<IAmazonDynamoDB>(),
            table,
            pathsPerHour,
            pathsAtOnce,
            s.GetRequiredService<TimeProvider>()));
        services.AddSingleton(changeOf);
        services.AddSingleton<EdgeInvalidator>();
        return services.AddSingleton<ISqsBatchHandler, EdgeCacheBatchHandler>();

        int Paths(string setting) => int.Parse(configuration.Required(setting), NumberStyles.None, CultureInfo.InvariantCulture);
    }
}
