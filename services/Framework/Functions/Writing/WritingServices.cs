using Amazon.Kinesis;
using Amazon.SimpleNotificationService;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ServerlessCqrs.Aws.Reliable;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Publishing;
using ServerlessCqrs.EventStore.Writing;
using ServerlessCqrs.Lambda;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Functions.Writing;

public static class WritingServices
{
    /// <summary>
    /// Registers the function that decides commands. Settings: those of the event store, <c>EVENT_TOPIC_ARN</c>,
    /// <c>METRIC_NAMESPACE</c> and <c>PARKED_METRIC</c>.
    /// </summary>
    public static IServiceCollection AddWritePath(this IServiceCollection services, IConfiguration configuration, Domain domain)
    {
        services.AddEventStore(configuration, domain);

        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<IParkingMetric>(new EmbeddedParkingMetric(configuration.Metrics(), configuration.Required("PARKED_METRIC")));
        services.AddSingleton<CommandProcessor>();

        services.AddSingleton<IAmazonSimpleNotificationService, AmazonSimpleNotificationServiceClient>();
        services.AddSingleton<IEventPublisher>(s => new SnsEventPublisher(
            new SnsBatchPublisher(s.GetRequiredService<IAmazonSimpleNotificationService>()),
            configuration.Required("EVENT_TOPIC_ARN")));

        services.AddSingleton<IAmazonKinesis, AmazonKinesisClient>();
        services.AddSingleton<StreamIdentity>();
        return services.AddSingleton<IKinesisBatchHandler, CommandsHandler>();
    }
}
