using Amazon.Kinesis;
using Amazon.SimpleNotificationService;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ServerlessCqrs.Aws.Reliable;
using ServerlessCqrs.CommandsToEvents;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.EventStore.Publishing;
using ServerlessCqrs.EventStore.Writing;
using ServerlessCqrs.EventsToReadModels;
using ServerlessCqrs.Lambda;
using ServerlessCqrs.Lambda.Metrics;
using ServerlessCqrs.Projections;

namespace ServerlessCqrs.Accounts;

/// <summary>The bank's two functions: they are the shop's, with another domain.</summary>
internal static class AccountFunctions
{
    public static Task<int> RunCommandsToEventsAsync(string[] args) => FunctionHost.RunAsync(args, builder =>
    {
        var (services, settings) = (builder.Services, builder.Configuration);
        services.AddEventStore(settings, AccountDomain.Instance);
        services.AddSingleton<IParkingMetric>(new EmbeddedParkingMetric(
            new EmbeddedMetrics(Console.Out, settings.Required("METRIC_NAMESPACE"), settings.Required("AWS_LAMBDA_FUNCTION_NAME"), TimeProvider.System),
            settings.Required("PARKED_METRIC")));
        services.AddSingleton<CommandProcessor>();
        services.AddSingleton<IAmazonSimpleNotificationService, AmazonSimpleNotificationServiceClient>();
        services.AddSingleton<IEventPublisher>(all => new SnsEventPublisher(
            new SnsBatchPublisher(all.GetRequiredService<IAmazonSimpleNotificationService>()),
            settings.Required("EVENT_TOPIC_ARN")));
        services.AddSingleton<IAmazonKinesis, AmazonKinesisClient>();
        services.AddSingleton<StreamIdentity>();
        services.AddSingleton<IKinesisBatchHandler, CommandsHandler>();
    });

    public static Task<int> RunEventsToReadModelsAsync(string[] args) => FunctionHost.RunAsync(args, function =>
    {
        var (services, settings) = (function.Services, function.Configuration);
        services.AddEventStore(settings, AccountDomain.Instance);
        services.AddProjections(settings, AccountViews.All);
        services.AddEventFollower(settings, AccountDomain.Instance, nameof(AccountTopology.EventsToReadModels));
        services.AddSingleton<ISqsBatchHandler, ReadModelBatchHandler>();
    });
}
