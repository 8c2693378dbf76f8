using Amazon.DynamoDBv2;
using Amazon.Kinesis;
using ServerlessCqrs.Aws.Reliable;
using ServerlessCqrs.CommandApi.Commands;
using ServerlessCqrs.EventStore;

namespace ServerlessCqrs.CommandApi;

/// <summary>What sends commands: all singletons, made when the first request needs them.</summary>
public static class CommandSending
{
    public static IServiceCollection AddCommandSending(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<IAmazonDynamoDB>(_ => new AmazonDynamoDBClient(DynamoDbClients.ForRequests()));
        services.AddEventStore(configuration).AddPersonalData(configuration);
        services.AddSingleton<CommandSender>().AddSingleton<TipReader>().AddSingleton<PastOutcomes>().AddSingleton<OutcomeWait>();
        services.AddSingleton<IAmazonKinesis, AmazonKinesisClient>(_ => new AmazonKinesisClient());
        services.AddSingleton<ICommandStream>(all => new KinesisCommandStream(new KinesisRecordWriter(all.GetRequiredService<IAmazonKinesis>(), configuration.Required("COMMAND_STREAM"))));
        return services;
    }
}
