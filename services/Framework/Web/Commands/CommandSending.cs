using Amazon.DynamoDBv2;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Outcomes;
using ServerlessCqrs.EventStore.Sending;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Web.Commands;

/// <summary>Registers what sends commands, as singletons that the first request creates.</summary>
public static class CommandSending
{
    public static IServiceCollection AddCommandSending(this IServiceCollection services, IConfiguration configuration, Domain domain)
    {
        services.AddSingleton<IAmazonDynamoDB>(_ => new AmazonDynamoDBClient(DynamoDbClients.ForRequests()));
        services.AddEventStore(configuration, domain).AddPersonalData(configuration).AddCommandStream(configuration, domain);
        services.AddSingleton(s => new OutcomeReader(s.GetRequiredService<IStreamTips>(), ActivatorUtilities.CreateInstance<HastyLog>(s)));
        services.AddSingleton<RefusalStatuses>().AddSingleton<Foresight>().AddSingleton<CommandSender>().AddSingleton<TipReader>().AddSingleton<PastOutcomes>().AddSingleton<OutcomeWait>();
        return services;
    }
}
