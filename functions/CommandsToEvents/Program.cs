using Amazon.Kinesis;
using Amazon.SimpleNotificationService;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ServerlessCqrs.Aws.Reliable;
using ServerlessCqrs.CommandsToEvents;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Publishing;
using ServerlessCqrs.EventStore.Writing;
using ServerlessCqrs.Lambda;
using ServerlessCqrs.Lambda.Metrics;
using ServerlessCqrs.Shop;

return await FunctionHost.RunAsync(args, builder =>
{
    builder.Services.AddEventStore(builder.Configuration, ShopDomain.Instance);

    builder.Services.TryAddSingleton(TimeProvider.System);
    builder.Services.AddSingleton<IParkingMetric>(new EmbeddedParkingMetric(
        new EmbeddedMetrics(Console.Out, builder.Configuration.Required("METRIC_NAMESPACE"), builder.Configuration.Required("AWS_LAMBDA_FUNCTION_NAME"), TimeProvider.System),
        builder.Configuration.Required("PARKED_METRIC")));
    builder.Services.AddSingleton<CommandProcessor>();

    builder.Services.AddSingleton<IAmazonSimpleNotificationService, AmazonSimpleNotificationServiceClient>();
    builder.Services.AddSingleton<IEventPublisher>(services => new SnsEventPublisher(
        new SnsBatchPublisher(services.GetRequiredService<IAmazonSimpleNotificationService>()),
        builder.Configuration.Required("EVENT_TOPIC_ARN")));

    builder.Services.AddSingleton<IAmazonKinesis, AmazonKinesisClient>();
    builder.Services.AddSingleton<StreamIdentity>();
    builder.Services.AddSingleton<IKinesisBatchHandler, CommandsHandler>();
});
