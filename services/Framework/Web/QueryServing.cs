using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Outcomes;
using ServerlessCqrs.Projections;
using ServerlessCqrs.Projections.History;
using ServerlessCqrs.Streams;
using ServerlessCqrs.Web.Commands;
using ServerlessCqrs.Web.Degradation;
using ServerlessCqrs.Web.Freshness;
using ServerlessCqrs.Web.Health;

namespace ServerlessCqrs.Web;

/// <summary>
/// Registers what answers queries of any domain, as singletons that the first request creates. Requests read tips and
/// log through their circuits.
/// </summary>
public static class QueryServing
{
    /// <summary>The caller must also register its read models and the <see cref="ServedReadModel"/>.</summary>
    public static IServiceCollection AddQueryServing(this IServiceCollection services, IConfiguration configuration, Domain domain)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<IAmazonDynamoDB>(_ => new AmazonDynamoDBClient(ForReads()));
        services.AddEventStore(configuration, domain);
        services.AddPersonalData(configuration);
        services.AddSingleton<Dependencies>();
        services.AddSingleton<Lanes>();
        services.AddSingleton(all => all.GetRequiredService<Lanes>().Usual.Tips);
        services.AddSingleton(all => all.GetRequiredService<Lanes>().Usual.Log);
        services.AddSingleton(all => all.GetRequiredService<Lanes>().Usual.Streams);
        // The event store's own reader has no circuits.
        services.Replace(ServiceDescriptor.Singleton(all => all.GetRequiredService<Lanes>().Usual.Reader));
        services.AddSingleton(all => new OutcomeReader(
            all.GetRequiredService<GuardedTips>(),
            all.GetRequiredService<GuardedLog>()));
        services.AddSingleton(all => new HistoryReader(all.GetRequiredService<GuardedLog>(), all.GetRequiredService<GuardedLog>(), all.GetRequiredService<GuardedLog>(), all.GetRequiredService<ReadModelCatalogue>()));
        services.AddSingleton<GuardedPersonalData>().AddSingleton<VersionWait>().AddSingleton<UnprojectedStreams>();
        services.AddSingleton<CommandStatuses>().AddSingleton<HealthProbe>().AddSingleton<ObservedLag>();
        services.AddHostedService<WarmUp>();
        return services;
    }

    /// <summary>
    /// A read that hangs is worth less than an answer from another source. The defaults would wait 100 s, and try three
    /// times.
    /// </summary>
    private static AmazonDynamoDBConfig ForReads() => new()
    {
        Timeout = TimeSpan.FromSeconds(1),
        ConnectTimeout = TimeSpan.FromMilliseconds(500),
        RetryMode = RequestRetryMode.Standard,
        MaxErrorRetry = 1,
    };
}
